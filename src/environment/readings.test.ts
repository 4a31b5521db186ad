import { describe, expect, it } from 'vitest';
import { fairFrame, GUIDE_FRAME, plcDevice, plcFrame } from '#testing';
import type { Limit } from '#unit';
import { weatherOf } from './environment-store.ts';
import { cloudState, fuse, readSensor, siteReadings } from './readings.ts';

const AT_MS = Date.UTC(2026, 9, 12, 22);

const RAIN: Limit = {
  quantity: 'rain',
  sensors: [
    { device: 'WXT520', value: 'RainRate' },
    { device: 'VantagePro', value: 'RainRate' },
  ],
  fusion: 'worst',
  bad: 'above',
  limit: 0.1,
  unit: 'mm/h',
  badDelaySeconds: 0,
  goodDelaySeconds: 900,
};

describe('the frame that the guide prints', () => {
  it('gives the values of the station that is valid, not of the other', () => {
    expect(weatherOf(GUIDE_FRAME)).toEqual({
      humidity: 64.1,
      wind: 3.1,
      wind_dir: 202.3,
      temperature: 12.12,
      pressure: 769.2,
      rain: 0,
      cloud: -15.67,
    });
  });

  it('gives nothing from a device that calls itself invalid', () => {
    expect(readSensor(GUIDE_FRAME, 'VantagePro', 'RainRate')).toBeNull();
    expect(readSensor(GUIDE_FRAME, 'VantagePro', 'InsideHumidity')).toBeNull();
  });

  it('keeps its date of 2017', () => {
    expect(readSensor(GUIDE_FRAME, 'WXT520', 'RainRate')?.atMs).toBe(Date.UTC(2017, 2, 3, 13, 45));
  });

  it('says rain by the voltage of its DRD11, whatever the digital output says', () => {
    expect(readSensor(GUIDE_FRAME, 'DRD11', 'digital')?.value).toBe(1);
    const limit: Limit = {
      ...RAIN,
      sensors: [{ device: 'DRD11', value: 'analog' }],
      bad: 'below',
      limit: 2.5,
      unit: 'V',
    };
    expect(fuse(GUIDE_FRAME, limit)).toMatchObject({ value: 2.345, sensor: 'DRD11.analog' });
  });

  it('knows nothing of mode, alarms, doors or lights', () => {
    expect(new Set(Object.values(siteReadings(GUIDE_FRAME)))).toEqual(new Set([null]));
  });
});

describe('a sensor', () => {
  const read = (value: number | string, more = {}) =>
    readSensor(plcFrame(AT_MS, [plcDevice('S', { V: value }, more)]), 'S', 'V');

  it('has the date of its device rather than of the frame', () => {
    expect(read(1, { date: '2026-10-12T21:59:50' })?.atMs).toBe(AT_MS - 10_000);
  });

  it('is not believed when it is dated well after its frame', () => {
    expect(read(1, { date: '2026-10-12T22:01:01' })).toBeNull();
    expect(read(1, { date: '2026-10-12T22:01:00' })).not.toBeNull();
  });

  it.each(['12', '', 'NaN'])('is not believed when it gives the text "%s"', (text) => {
    expect(read(text)).toBeNull();
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('is not believed when it gives %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('is unknown when its device or its value is missing', () => {
    const frame = fairFrame(AT_MS);
    expect(readSensor(frame, 'Nothing', 'RainRate')).toBeNull();
    expect(readSensor(frame, 'WXT520', 'Nothing')).toBeNull();
  });
});

describe('several sensors of one kind', () => {
  const rains = (one: number, other: number) =>
    fairFrame(AT_MS, { wxt520: { RainRate: one }, vantagePro: { RainRate: other } });

  it('are the worst of them', () => {
    expect(fuse(rains(0, 3), RAIN)).toMatchObject({ value: 3, sensor: 'VantagePro.RainRate' });
    expect(fuse(rains(4, 3), RAIN)).toMatchObject({ value: 4, sensor: 'WXT520.RainRate' });
  });

  it('are the lowest of them where low is bad', () => {
    expect(fuse(rains(4, 3), { ...RAIN, bad: 'below' })?.value).toBe(3);
  });

  it('are the first of the ranking', () => {
    expect(fuse(rains(0, 3), { ...RAIN, fusion: 'ranked' })?.sensor).toBe('WXT520.RainRate');
  });

  it('are the next of the ranking when the first is not valid', () => {
    const frame = plcFrame(AT_MS, [
      plcDevice('WXT520', { RainRate: 0 }, { valid: 'no' }),
      plcDevice('VantagePro', { RainRate: 3 }),
    ]);
    expect(fuse(frame, { ...RAIN, fusion: 'ranked' })?.sensor).toBe('VantagePro.RainRate');
  });

  it('are unknown when none is valid', () => {
    expect(fuse(plcFrame(AT_MS, []), RAIN)).toBeNull();
  });
});

describe('what the PLC says of the observatory', () => {
  it('is read word for word', () => {
    expect(siteReadings(fairFrame(AT_MS))).toEqual({
      mode: 'auto',
      nightAck: true,
      bypass: false,
      intrusion: false,
      emergencyStop: false,
      ups: 'ok',
      doors: 'closed',
      lights: 'off',
    });
  });

  it('is unknown in words and numbers that mean nothing', () => {
    const site = { Mode: 'AUTO', Intrusion: 2, EmergencyStop: '0', Ups: 'fine' };
    expect(siteReadings(fairFrame(AT_MS, { site }))).toMatchObject({
      mode: null,
      intrusion: null,
      emergencyStop: null,
      ups: null,
    });
  });
});

it.each([
  [-15.67, 'Clear'],
  [-10, 'Cloudy'],
  [4, 'Cloudy'],
  [4.1, 'VeryCloudy'],
  [null, 'Unknown'],
])('a sky of %s °C is %s', (temperature, state) => {
  expect(cloudState(temperature)).toBe(state);
});
