import { describe, expect, it } from 'vitest';
import { sunBelow } from '#sky';
import { smallUnit } from '#testing';
import { coolingOrder, coolingWish, isWarm } from './cooling.ts';

const plain = smallUnit();
const { darks, biases, ...noDarks } = plain.calibrations;
const unit = { ...plain, calibrations: { darks: { images: 1, seconds: [60] } } };
const open = sunBelow(plain.site, '2026-10-12', plain.night.openSunAltDeg);
const openMs = open?.startMs ?? Number.NaN;
const closeMs = open?.endMs ?? Number.NaN;
const wish = (nowMs: number, isDawnDone = false) => coolingWish(unit, { nowMs, isDawnDone });

describe('the detectors', () => {
  it('are cooled so early that they are cold when the dome may open', () => {
    expect(wish(openMs - 1_800_001)).toBe('warm');
    expect(wish(openMs - 1_800_000)).toBe('cold');
  });

  it('stay cold until the dawn', () => {
    expect(wish(closeMs - 1, true)).toBe('cold');
  });

  it('stay cold for the darks after it, and warm up once these are done', () => {
    expect(wish(closeMs + 600_000)).toBe('cold');
    expect(wish(closeMs + 600_000, true)).toBe('warm');
  });

  it('do not wait for ever for darks that never come', () => {
    expect(wish(closeMs + 3 * 3_600_000)).toBe('warm');
  });

  it('warm up at once where no darks are asked for', () => {
    const without = { ...plain, calibrations: noDarks };
    expect(coolingWish(without, { nowMs: closeMs, isDawnDone: false })).toBe('warm');
  });

  it('stay warm where the Sun does not set', () => {
    const polar = { ...unit, site: { ...unit.site, latDeg: 80 } };
    const nowMs = Date.UTC(2026, 5, 21, 22);
    expect(coolingWish(polar, { nowMs, isDawnDone: false })).toBe('warm');
  });
});

describe('a cooler', () => {
  const [channel] = plain.channels;
  if (!channel) throw new Error('no channel');

  it('is told what it does not do already, and nothing twice', () => {
    expect(coolingOrder('cold', channel, { setpointC: null })).toEqual({ setpointC: -110 });
    expect(coolingOrder('cold', channel, { setpointC: -110 })).toBeUndefined();
    expect(coolingOrder('warm', channel, { setpointC: -110 })).toEqual({ setpointC: null });
    expect(coolingOrder('warm', channel, { setpointC: null })).toBeUndefined();
  });

  it('has its detector warm outside the tolerance, and when nothing is known of it', () => {
    expect(isWarm(channel, { temperatureC: -108 })).toBe(false);
    expect(isWarm(channel, { temperatureC: -107.9 })).toBe(true);
    expect(isWarm(channel, { temperatureC: Number.NaN })).toBe(true);
  });
});
