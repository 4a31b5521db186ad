import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GuardInputs, guard, type RoofWay } from './guard.ts';

const verdict = (safe: boolean, reasons: { key: string; sentence: string }[] = []) => ({
  safe,
  reasons,
  causes: [],
  raw: { safe, causes: [] },
  bypass: 'off' as const,
});
const SAFE = verdict(true);
const RAIN = verdict(false, [{ key: 'rain', sentence: 'It rains' }]);

const FAIR: GuardInputs = {
  verdict: SAFE,
  sunAltDeg: -20,
  openSunAltDeg: -3,
  absent: [],
  lock: null,
  isAwake: true,
  isAtRest: false,
  roof: 'free',
};

const LOCK = 'locked on this computer: painting';
const ROOFS: readonly RoofWay[] = ['free', 'parking', 'held'];

const all: GuardInputs[] = [SAFE, RAIN].flatMap((verdict) =>
  [-20, 10].flatMap((sunAltDeg) =>
    [[], ['Majordome']].flatMap((absent) =>
      [null, LOCK].flatMap((lock) =>
        [true, false].flatMap((isAwake) =>
          [true, false].flatMap((isAtRest) =>
            ROOFS.map((roof) => ({
              ...{ verdict, sunAltDeg, openSunAltDeg: -3, absent, lock },
              ...{ isAwake, isAtRest, roof },
            })),
          ),
        ),
      ),
    ),
  ),
);

const isFair = ({ verdict, sunAltDeg, openSunAltDeg, absent, lock }: GuardInputs) =>
  verdict.safe && sunAltDeg <= openSunAltDeg && absent.length === 0 && lock === null;

describe('the guardian’s decision', () => {
  it('permits what is safe, dark, attended, unlocked and just looked at', () => {
    expect(guard(FAIR)).toEqual({ action: 'permit', reason: '' });
  });

  it('neither renews nor closes after it was held up, until it has looked', () => {
    expect(guard({ ...FAIR, isAwake: false }).action).toBe('wait');
  });

  it.each([
    [{ verdict: RAIN }, 'It rains'],
    [{ verdict: verdict(false) }, 'not safe'],
    [{ sunAltDeg: 1 }, 'the Sun is too high'],
    [{ absent: ['Majordome', 'Monitoring'] }, 'no sign of life of Majordome, Monitoring'],
    [{ lock: LOCK }, LOCK],
  ])('closes and says why: %j', (change, reason) => {
    expect(guard({ ...FAIR, ...change })).toEqual({ action: 'close', reason });
  });

  it('permits when the Sun is at the very limit, not above', () => {
    const at = (sunAltDeg: number) => guard({ ...FAIR, sunAltDeg }).action;
    expect([at(-3), at(-2.999)]).toEqual(['permit', 'close']);
  });

  it('closes when the Sun’s elevation is no number', () => {
    expect(guard({ ...FAIR, sunAltDeg: Number.NaN }).action).toBe('close');
  });

  it('keeps to this in all 192 combinations', () => {
    expect(all).toHaveLength(192);
    for (const inputs of all) {
      const { action } = guard(inputs);
      if (isFair(inputs)) expect(action).toBe(inputs.isAwake ? 'permit' : 'wait');
      else if (inputs.isAtRest) expect(action).toBe('rest');
      else expect(action).toBe(inputs.roof === 'free' ? 'close' : 'park');
    }
  });
});

describe('whatever the guardian knows', () => {
  const inputs: fc.Arbitrary<GuardInputs> = fc.record({
    verdict: fc.constantFrom(SAFE, RAIN, verdict(false)),
    sunAltDeg: fc.double({ min: -90, max: 90 }),
    openSunAltDeg: fc.double({ min: -18, max: 5, noNaN: true }),
    absent: fc.constantFrom([], ['Majordome']),
    lock: fc.constantFrom(null, LOCK),
    isAwake: fc.boolean(),
    isAtRest: fc.boolean(),
    roof: fc.constantFrom(...ROOFS),
  });

  it('it permits nothing else, and closes all that is not fair unless it rests or a roof waits', () => {
    fc.assert(
      fc.property(inputs, (one) => {
        const { action, reason } = guard(one);
        expect(action === 'permit' || action === 'wait').toBe(isFair(one));
        expect(reason === '').toBe(action === 'permit');
        if (action === 'rest') expect(one.isAtRest).toBe(true);
        if (action === 'park') expect(one.roof).not.toBe('free');
      }),
    );
  });
});
