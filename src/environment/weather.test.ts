import { describe, expect, it } from 'vitest';
import { fairFrame, limitOf, plcDevice, plcFrame, plcSpecOf, Tale } from '#testing';
import { cloudState } from './cloud-state.ts';
import { conditionsOf, hasChanged } from './conditions.ts';
import type { Verdict } from './safety.ts';
import { domeSeen } from './safety-row.ts';
import { globalStatus, insideOf, siteStatus, weatherOf } from './weather.ts';

const verdict = (safe: boolean): Verdict => ({
  safe: true,
  reasons: [],
  causes: [],
  raw: { safe, causes: [] },
  bypass: 'off',
});

describe('the word for the state', () => {
  it.each([
    ['OK', 0, true],
    ['OK', null, true],
    ['UNSAFE', 0, false],
    ['RAINING', 2, false],
  ])('outside is %s: rain %s, raw safe %s', (word, rain, safe) => {
    expect(globalStatus({ rain }, verdict(safe))).toBe(word);
  });

  const fine = { doors: 'closed', lights: 'off', shutter: 'open' };

  it.each([
    ['OK', {}, true],
    ['UNSAFE', {}, false],
    ['UNKNOWN', { doors: '' }, true],
    ['UNKNOWN', { lights: '' }, true],
    ['UNKNOWN', { shutter: '' }, true],
    ['UNKNOWN', { shutter: 'unknown' }, true],
  ])('inside is %s', (word, other, safe) => {
    expect(siteStatus({ ...fine, ...other }, verdict(safe))).toBe(word);
  });
});

describe('the weather', () => {
  it('is unknown once it is old', () => {
    const tale = new Tale(plcSpecOf([limitOf()])).frame(0, fairFrame);
    expect(weatherOf(tale.memory, tale.spec, tale.moment(20)).wind).toBe(3);
    const old = weatherOf(tale.memory, tale.spec, tale.moment(21));
    expect(new Set(Object.values(old))).toEqual(new Set([null, 'Unknown']));
  });

  it('inside is the station’s, the PLC’s and the dome’s', () => {
    const tale = new Tale(plcSpecOf([limitOf()]));
    tale.frame(0, (ms) => {
      const inside = plcDevice('VantagePro', { InsideTemp: 14, InsideHumidity: 44 });
      return plcFrame(ms, [
        inside,
        ...fairFrame(ms).device.filter((one) => one.name !== 'VantagePro'),
      ]);
    });
    const dome = { dome: '120.0°', shutter: 'open' };
    expect(insideOf(tale.memory, tale.spec, { moment: tale.moment(0), dome })).toEqual({
      lights: 'off',
      doors: 'closed',
      ...dome,
      temperature: 14,
      humidity: 44,
      pressure: 870,
    });
  });

  it.each([
    [-15.67, 'Clear'],
    [-10, 'Cloudy'],
    [4, 'Cloudy'],
    [4.1, 'VeryCloudy'],
    [null, 'Unknown'],
  ])('with a sky of %s °C is %s', (temperature, state) => {
    expect(cloudState(temperature)).toBe(state);
  });
});

describe('the dome’s last word', () => {
  const word = (status: unknown, updated = '2026-10-12T22:00:00Z') =>
    domeSeen({ updated, status: JSON.stringify(status) }, Date.UTC(2026, 9, 12, 22, 0, 5), 20_000);
  const unknown = { dome: '', shutter: '' };

  it('is its slit and its shutter', () => {
    expect(word({ azimuthDeg: 10, shutter: 'open' })).toEqual({ dome: '10.0°', shutter: 'open' });
  });

  it('is unknown when it is old, lost or odd', () => {
    expect(word({ shutter: 'open' }, '2026-10-12T21:59:00Z')).toEqual(unknown);
    expect(word({ shutter: 'open', connected: false })).toEqual(unknown);
    expect(word(null)).toEqual(unknown);
    expect(domeSeen(null, 0, 20_000)).toEqual(unknown);
  });
});

describe('observing conditions', () => {
  const seen = (seeing: number | null, sky = 'Clear') => {
    const tale = new Tale(plcSpecOf([limitOf()])).frame(0, fairFrame);
    const weather = weatherOf(tale.memory, tale.spec, tale.moment(0));
    return conditionsOf({ ...weather, seeing, sky_clarity: sky });
  };

  it('carry the seeing where a sensor gives it', () => {
    const sensors = { ...plcSpecOf([limitOf()]).measures };
    const spec = plcSpecOf([limitOf()], {
      measures: { ...sensors, seeing: [{ device: 'DIMM', value: 'Seeing', gain: 1, offset: 0 }] },
    });
    const tale = new Tale(spec).device(0, plcDevice('DIMM', { Seeing: 1.4 }));
    const conditions = conditionsOf(weatherOf(tale.memory, spec, tale.moment(0)));
    expect(conditions).toMatchObject({ cloud: 'Clear', seeingArcsec: 1.4 });
  });

  it.each([
    ['the first', null, seen(1), true],
    ['another sky', seen(1), seen(1, 'Cloudy'), true],
    ['a seeing that is a little worse', seen(1), seen(1.15), false],
    ['a seeing that is much worse', seen(1), seen(1.3), true],
    ['a seeing that is known now', seen(null), seen(1), true],
    ['nothing new', seen(null), seen(null), false],
  ])('are worth a word: %s', (_, before, now, expected) => {
    expect(hasChanged(before, now)).toBe(expected);
  });
});
