import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlcFrame } from '#devices';
import { fairFrame, GUIDE_FRAME, plcFrame } from '#testing';
import type { Limit, PlcSpec } from '#unit';
import { NOTHING_KNOWN, remember, type SafetyMemory, verdictOf } from './safety.ts';

const START_MS = Date.UTC(2026, 9, 12, 22);
const MAX_AGE_SECONDS = 20;

const limit = (quantity: Limit['quantity'], value: string, more: Partial<Limit> = {}): Limit => ({
  quantity,
  sensors: [{ device: 'WXT520', value }],
  fusion: 'ranked',
  bad: 'above',
  limit: 10,
  unit: '',
  badDelaySeconds: 0,
  goodDelaySeconds: 0,
  ...more,
});

const specOf = (...limits: Limit[]): PlcSpec => ({
  alias: 'PLC',
  control: 'simulated',
  address: { host: 'h', port: 1 },
  pollSeconds: 2,
  maxAgeSeconds: MAX_AGE_SECONDS,
  limits,
});

const WIND = limit('wind', 'WindSpeed', { badDelaySeconds: 10, goodDelaySeconds: 60 });
const SPEC = specOf(WIND);

/** A night told in frames, each at its second. */
class Tale {
  memory: SafetyMemory = NOTHING_KNOWN;
  readonly spec: PlcSpec;

  constructor(spec: PlcSpec) {
    this.spec = spec;
  }

  frame(second: number, frame: (atMs: number) => PlcFrame, datedSecond = second): this {
    const nowMs = START_MS + second * 1000;
    const frameMs = START_MS + datedSecond * 1000;
    const arrival = { frame: frame(frameMs), frameMs, nowMs, maxAgeSeconds: MAX_AGE_SECONDS };
    this.memory = remember(this.memory, arrival, this.spec);
    return this;
  }

  /** A steady wind, a frame each 5 s from one second to another. */
  wind(from: number, to: number, metresPerSecond: number): this {
    for (let second = from; second <= to; second += 5) {
      this.frame(second, (ms) => fairFrame(ms, { wxt520: { WindSpeed: metresPerSecond } }));
    }
    return this;
  }

  at(second: number) {
    const now = { nowMs: START_MS + second * 1000, maxAgeSeconds: MAX_AGE_SECONDS };
    return verdictOf(this.memory, this.spec, now);
  }

  keys(second: number) {
    return this.at(second).reasons.map((reason) => reason.key);
  }
}

describe('the verdict', () => {
  it('is unsafe while nothing is known', () => {
    expect(new Tale(SPEC).at(0)).toMatchObject({ safe: false, reasons: [{ key: 'plc' }] });
  });

  it('becomes safe only after the dwell, even at the start', () => {
    const tale = new Tale(SPEC).wind(0, 55, 3);
    expect(tale.at(55).safe).toBe(false);
    expect(tale.wind(60, 60, 3).at(60).safe).toBe(true);
  });

  it('bears a value beyond the limit for the bad delay and no longer', () => {
    const tale = new Tale(SPEC).wind(0, 60, 3).wind(65, 70, 20);
    expect(tale.at(70).safe).toBe(true);
    expect(tale.wind(75, 75, 20).at(75)).toMatchObject({
      safe: false,
      reasons: [{ key: 'wind', sentence: 'wind 20  is above 10 ' }],
    });
  });

  it('counts the bad delay anew after a value within the limit', () => {
    const tale = new Tale(SPEC).wind(0, 60, 3).wind(65, 70, 20).wind(75, 75, 3).wind(80, 85, 20);
    expect(tale.at(85).safe).toBe(true);
  });

  it('asks for the whole dwell after a bad spell', () => {
    const tale = new Tale(SPEC).wind(0, 60, 3).wind(65, 75, 20).wind(80, 135, 3);
    expect(tale.keys(135)).toEqual(['wind']);
    expect(tale.wind(140, 140, 3).at(140).safe).toBe(true);
  });

  it('counts the dwell anew after a gust', () => {
    const tale = new Tale(SPEC).wind(0, 60, 3).wind(65, 75, 20).wind(80, 120, 3);
    tale.wind(125, 125, 20).wind(130, 185, 3);
    expect(tale.at(185).safe).toBe(false);
    expect(tale.wind(190, 190, 3).at(190).safe).toBe(true);
  });

  it('is unsafe once the last frame is too old, by age alone', () => {
    const tale = new Tale(SPEC).wind(0, 60, 3);
    expect(tale.at(60 + MAX_AGE_SECONDS).safe).toBe(true);
    expect(tale.keys(60 + MAX_AGE_SECONDS + 1)).toEqual(['plc']);
  });

  it('asks for the whole dwell after a silence longer than the greatest age', () => {
    const tale = new Tale(SPEC).wind(0, 60, 3).wind(600, 655, 3);
    expect(tale.keys(655)).toEqual(['wind']);
    expect(tale.wind(660, 660, 3).at(660).safe).toBe(true);
  });

  it('goes on after a silence shorter than the greatest age', () => {
    expect(new Tale(SPEC).wind(0, 60, 3).wind(78, 78, 3).at(78).safe).toBe(true);
  });

  it('is unsafe on frames that come fresh but are dated in the past', () => {
    const tale = new Tale(SPEC).wind(0, 60, 3);
    for (let second = 65; second <= 200; second += 5) tale.frame(second, fairFrame, 60);
    expect(tale.keys(200)).toEqual(['plc']);
  });

  it('is unsafe at once when no sensor of a quantity is valid, and then dwells', () => {
    const tale = new Tale(SPEC).wind(0, 60, 3);
    tale.frame(65, (ms) => ({ ...fairFrame(ms), device: fairFrame(ms).device.slice(1) }));
    expect(tale.at(65).reasons).toEqual([
      { key: 'wind', sentence: 'wind is unknown: no valid sensor' },
    ]);
    expect(tale.wind(70, 125, 3).at(125).safe).toBe(false);
    expect(tale.wind(130, 130, 3).at(130).safe).toBe(true);
  });

  it('is unsafe when one device is old in a fresh frame', () => {
    const tale = new Tale(SPEC).wind(0, 60, 3);
    const old = new Date(START_MS + 30_000).toISOString().slice(0, 19);
    tale.frame(65, (ms) => {
      const fair = fairFrame(ms);
      return { ...fair, device: fair.device.map((one) => ({ ...one, date: old })) };
    });
    expect(tale.keys(65)).toEqual(['wind']);
  });

  it.each([
    ['Intrusion', 1, 'intrusion'],
    ['EmergencyStop', 1, 'emergency stop'],
    ['Ups', 'battery', 'UPS'],
    ['Ups', 'low', 'UPS'],
    ['Intrusion', 'maybe', 'intrusion'],
    ['EmergencyStop', 7, 'emergency stop'],
    ['Ups', '?', 'UPS'],
  ])('is unsafe when %s is %s', (name, value, key) => {
    const tale = new Tale(SPEC).wind(0, 60, 3);
    tale.frame(62, (ms) => fairFrame(ms, { site: { [name]: value } }));
    expect(tale.keys(62)).toEqual([key]);
  });

  it('is not made safe by the bypass', () => {
    const tale = new Tale(SPEC).wind(0, 60, 3).wind(65, 75, 20);
    tale.frame(76, (ms) => fairFrame(ms, { wxt520: { WindSpeed: 20 }, site: { Bypass: 1 } }));
    expect(tale.at(76).safe).toBe(false);
  });

  it('is unsafe on the frame of the guide, a year old when it was printed', () => {
    const nowMs = Date.UTC(2018, 1, 20, 17, 54, 16);
    const frameMs = Date.UTC(2017, 2, 3, 13, 45);
    const arrival = { frame: GUIDE_FRAME, frameMs, nowMs, maxAgeSeconds: MAX_AGE_SECONDS };
    const memory = remember(NOTHING_KNOWN, arrival, SPEC);
    const verdict = verdictOf(memory, SPEC, { nowMs, maxAgeSeconds: MAX_AGE_SECONDS });
    expect(verdict).toMatchObject({ safe: false, reasons: [{ key: 'plc' }] });
  });

  it('is unsafe on the frame of the guide even when it is fresh: its alarms are unknown', () => {
    const nowMs = Date.UTC(2017, 2, 3, 13, 45);
    const arrival = {
      frame: GUIDE_FRAME,
      frameMs: nowMs,
      nowMs,
      maxAgeSeconds: MAX_AGE_SECONDS,
    };
    const spec = specOf({ ...WIND, goodDelaySeconds: 0 });
    const verdict = verdictOf(remember(NOTHING_KNOWN, arrival, spec), spec, {
      nowMs,
      maxAgeSeconds: MAX_AGE_SECONDS,
    });
    expect(verdict.reasons.map((one) => one.key)).toEqual(['intrusion', 'emergency stop', 'UPS']);
  });

  it('tells of everything that is wrong at once', () => {
    const spec = specOf(WIND, limit('humidity', 'OutsideHumidity', { limit: 80 }));
    const tale = new Tale(spec).frame(0, (ms) =>
      fairFrame(ms, { wxt520: { WindSpeed: 30, OutsideHumidity: 99 }, site: { Ups: 'low' } }),
    );
    expect(tale.keys(0)).toEqual(['UPS', 'wind', 'humidity']);
  });
});

describe('a verdict that is safe', () => {
  const value = fc.option(fc.double({ min: 0, max: 20, noNaN: true }), { nil: undefined });
  const step = fc.record({
    pauseSeconds: fc.integer({ min: 1, max: 40 }),
    lagSeconds: fc.integer({ min: 0, max: 40 }),
    wind: value,
    humidity: value,
    ups: fc.constantFrom('ok', 'ok', 'ok', 'battery', '?'),
    valid: fc.constantFrom('yes', 'yes', 'yes', 'no'),
  });
  const humidity = limit('humidity', 'OutsideHumidity');
  const calm = fc.constant({
    pauseSeconds: 15,
    lagSeconds: 0,
    wind: 1,
    humidity: 1,
    ups: 'ok',
    valid: 'yes',
  } as const);
  const steps = fc.array(fc.oneof({ weight: 1, arbitrary: step }, { weight: 6, arbitrary: calm }), {
    maxLength: 40,
  });

  it('means that everything is known, fresh and within its limit or its bad delay', () => {
    let safeSeen = 0;
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 40 }), (given, wait) => {
        const tale = new Tale(specOf(WIND, humidity));
        let second = 0;
        for (const one of given) {
          second += one.pauseSeconds;
          tale.frame(second, (ms) => randomFrame(ms, one), second - one.lagSeconds);
        }
        const nowMs = START_MS + (second + wait) * 1000;
        if (!tale.at(second + wait).safe) return;
        safeSeen++;
        const { frameMs, site, quantities } = tale.memory;
        expect(nowMs - (frameMs ?? 0)).toBeLessThanOrEqual(MAX_AGE_SECONDS * 1000);
        expect(site).toMatchObject({ intrusion: false, emergencyStop: false, ups: 'ok' });
        for (const one of [WIND, humidity]) {
          const state = quantities[one.quantity];
          expect(nowMs - (state?.atMs ?? 0)).toBeLessThanOrEqual(MAX_AGE_SECONDS * 1000);
          const beyondSeconds = (START_MS + second * 1000 - (state?.beyondSinceMs ?? 0)) / 1000;
          const within = (state?.value ?? Number.NaN) <= one.limit;
          expect(within || beyondSeconds < one.badDelaySeconds).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
    expect(safeSeen).toBeGreaterThan(20);
  });

  function randomFrame(ms: number, one: StepOf<typeof step>): PlcFrame {
    const fair = fairFrame(ms, { site: { Ups: one.ups } });
    const values = { WindSpeed: one.wind, OutsideHumidity: one.humidity };
    const given = Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [{ name, value, unit: '', comment: '' }],
    );
    const device = fair.device.map((other) =>
      other.name === 'WXT520' ? { ...other, valid: one.valid, values: given } : other,
    );
    return plcFrame(ms, device);
  }
});

type StepOf<A> = A extends fc.Arbitrary<infer T> ? T : never;
