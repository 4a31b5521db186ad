import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OBSERVATORY_DEVICE, type PlcDevice, type PlcFrame } from '#devices';
import { fairFrame, limitOf, plcFrame, plcSpecOf, Tale } from '#testing';

const WIND = limitOf({ badDelaySeconds: 10, goodDelaySeconds: 30, reopen: 8 });
const HUMIDITY = limitOf({ quantity: 'humidity', limit: 80, unit: 'percent', goodDelaySeconds: 0 });
const RAIN = limitOf({ quantity: 'rain', limit: 0.1, unit: 'mm/h', fusion: 'worst' });
const SPEC = plcSpecOf([WIND, HUMIDITY, RAIN]);

/** What may be wrong with one frame. */
interface Trouble {
  readonly kind:
    | 'none'
    | 'wind'
    | 'damp'
    | 'rain'
    | 'ups'
    | 'door'
    | 'invalid'
    | 'nonsense'
    | 'unit'
    | 'twice'
    | 'mute';
}

const KINDS: readonly Trouble['kind'][] = [
  'wind',
  'damp',
  'rain',
  'ups',
  'door',
  'invalid',
  'nonsense',
  'unit',
  'twice',
  'mute',
];

const on =
  (name: string, change: (device: PlcDevice) => readonly PlcDevice[]) => (frame: PlcFrame) =>
    plcFrame(
      Date.parse(`${frame.date}Z`),
      frame.device.flatMap((one) => (one.name === name ? change(one) : [one])),
    );

const both =
  (change: (device: PlcDevice) => readonly PlcDevice[]) =>
  (frame: PlcFrame): PlcFrame =>
    on('VantagePro', change)(on('WXT520', change)(frame));

const setting = (name: string, value: number | string) =>
  both((device) => [
    {
      ...device,
      values: device.values.map((one) => (one.name === name ? { ...one, value } : one)),
    },
  ]);

const TROUBLES: Readonly<Record<Trouble['kind'], (frame: PlcFrame) => PlcFrame>> = {
  none: (frame) => frame,
  wind: setting('WindSpeed', 40),
  damp: setting('OutsideHumidity', 99),
  rain: setting('RainRate', 5),
  nonsense: setting('WindSpeed', -300),
  invalid: both((device) => [{ ...device, valid: 'no' }]),
  unit: both((device) => [
    { ...device, values: device.values.map((one) => ({ ...one, unit: 'furlong' })) },
  ]),
  twice: both((device) => [device, device]),
  mute: on(OBSERVATORY_DEVICE, () => []),
  ups: on(OBSERVATORY_DEVICE, (device) => [
    {
      ...device,
      values: device.values.map((one) => (one.name === 'Ups' ? { ...one, value: 'low' } : one)),
    },
  ]),
  door: on(OBSERVATORY_DEVICE, (device) => [
    {
      ...device,
      values: device.values.map((one) => (one.name === 'Doors' ? { ...one, value: 'open' } : one)),
    },
  ]),
};

const step = fc.record({
  pause: fc.oneof(
    { weight: 8, arbitrary: fc.constant(5) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 60 }) },
  ),
  lag: fc.oneof(
    { weight: 8, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: -40, max: 40 }) },
  ),
  trouble: fc.oneof(
    { weight: 12, arbitrary: fc.constant('none' as const) },
    { weight: 1, arbitrary: fc.constantFrom(...KINDS) },
  ),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
const story = fc.array(step, { maxLength: 40 });

/** Plays a story; gives the tale and its last second. */
function played(steps: readonly Step[]): { tale: Tale; end: number } {
  const tale = new Tale(SPEC);
  let end = 0;
  for (const { pause, lag, trouble } of steps) {
    end += pause;
    tale.frame(end, (ms) => TROUBLES[trouble](fairFrame(ms)), end - lag);
  }
  return { tale, end };
}

describe('whatever the PLC sends', () => {
  it('safe means known, fresh and good: unknown is never safe', () => {
    let seen = 0;
    fc.assert(
      fc.property(story, fc.integer({ min: 0, max: 40 }), (steps, wait) => {
        const { tale, end } = played(steps);
        if (!tale.at(end + wait).safe) return;
        seen++;
        const { site, quantities, latches } = tale.memory;
        expect(site).toMatchObject({ intrusion: false, emergencyStop: false, ups: 'ok' });
        expect(site).toMatchObject({ doors: 'closed', lights: 'off', mode: 'auto' });
        expect(latches).toEqual({});
        const nowMono = tale.moment(end + wait).atMono;
        for (const limit of [WIND, HUMIDITY, RAIN]) {
          const state = quantities[`${limit.quantity} above`];
          expect(state?.verdict).toBe('good');
          expect(nowMono - (state?.atMono ?? 0)).toBeLessThanOrEqual(SPEC.maxAgeSeconds * 1000);
          const isBorne =
            nowMono - (state?.beyondMono ?? 0) < (limit.badDelaySeconds + wait) * 1000;
          expect((state?.value ?? Number.NaN) <= limit.limit || isBorne).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
    expect(seen).toBeGreaterThan(20);
  });

  it('more bad news never makes it safer', () => {
    fc.assert(
      fc.property(story, fc.nat(), fc.constantFrom(...KINDS), (steps, where, trouble) => {
        const index = steps.length === 0 ? 0 : where % steps.length;
        const worse = steps.map((one, i) =>
          i === index && one.trouble === 'none' ? { ...one, trouble } : one,
        );
        const [before, after] = [played(steps), played(worse)];
        if (after.tale.at(after.end).safe) expect(before.tale.at(before.end).safe).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('a bad frame that is the youngest is not made good by older ones that come after it', () => {
    const bad = fc.constantFrom(...KINDS.filter((kind) => kind !== 'wind'));
    fc.assert(
      fc.property(
        bad,
        fc.array(fc.integer({ min: 1, max: 19 }), { maxLength: 10 }),
        (kind, lags) => {
          const { tale } = played(
            Array.from({ length: 12 }, () => ({ pause: 5, lag: 0, trouble: 'none' as const })),
          );
          expect(tale.at(60).safe).toBe(true);
          tale.frame(62, (ms) => TROUBLES[kind](fairFrame(ms)));
          for (const lag of lags) tale.frame(62, fairFrame, 62 - lag);
          expect(tale.at(62).safe).toBe(false);
        },
      ),
    );
  });

  it('frames that come twice change nothing', () => {
    fc.assert(
      fc.property(story, (steps) => {
        const once = played(steps);
        const twice = new Tale(SPEC);
        let second = 0;
        for (const { pause, lag, trouble } of steps) {
          second += pause;
          for (let i = 0; i < 2; i++) {
            twice.frame(second, (ms) => TROUBLES[trouble](fairFrame(ms)), second - lag);
          }
        }
        expect(twice.at(second)).toEqual(once.tale.at(once.end));
      }),
      { numRuns: 200 },
    );
  });

  it('the memory is plain JSON', () => {
    fc.assert(
      fc.property(story, (steps) => {
        const { memory } = played(steps).tale;
        expect(JSON.parse(JSON.stringify(memory))).toEqual(memory);
      }),
      { numRuns: 50 },
    );
  });
});
