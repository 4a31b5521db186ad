import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShutterState } from '#devices';
import { type GuardInputs, guard } from './guard.ts';

const SAFE = { safe: true, reasons: [] };
const RAIN = { safe: false, reasons: [{ key: 'rain', sentence: 'It rains' }] };
const SHUTTERS: readonly (ShutterState | null)[] = [
  'open',
  'closed',
  'opening',
  'closing',
  'intermediate',
  'unknown',
  null,
];

const all: GuardInputs[] = [SAFE, RAIN].flatMap((verdict) =>
  [-20, 10].flatMap((sunAltDeg) =>
    [true, false].flatMap((majordomeAlive) =>
      SHUTTERS.map((shutter) => ({
        verdict,
        sunAltDeg,
        openSunAltDeg: -3,
        majordomeAlive,
        shutter,
      })),
    ),
  ),
);

const isFair = (inputs: GuardInputs) =>
  inputs.verdict.safe && inputs.sunAltDeg <= inputs.openSunAltDeg && inputs.majordomeAlive;

describe('the guardian’s decision', () => {
  it.each(all.filter(isFair))('permits with the shutter $shutter', (inputs) => {
    expect(guard(inputs)).toEqual({ permit: true, close: false, reason: '' });
  });

  const unfair = all.filter((inputs) => !isFair(inputs));
  it.each(unfair)(
    'forbids: safe $verdict.safe, Sun $sunAltDeg°, Majordome $majordomeAlive, shutter $shutter',
    (inputs) => {
      const isResting = inputs.shutter === 'closed' || inputs.shutter === 'closing';
      expect(guard(inputs)).toMatchObject({ permit: false, close: !isResting });
    },
  );

  it('was tried in all 56 combinations', () => {
    expect(all).toHaveLength(56);
  });

  it.each([
    [{ verdict: RAIN }, 'It rains'],
    [{ sunAltDeg: 1 }, 'the Sun is too high'],
    [{ majordomeAlive: false }, 'the Majordome gives no sign of life'],
  ])('says why', (change, reason) => {
    const fair = { verdict: SAFE, sunAltDeg: -20, openSunAltDeg: -3, majordomeAlive: true };
    expect(guard({ ...fair, shutter: 'open', ...change }).reason).toBe(reason);
  });

  it('permits when the Sun is at the very limit, not above', () => {
    const at = (sunAltDeg: number) =>
      guard({ verdict: SAFE, sunAltDeg, openSunAltDeg: -3, majordomeAlive: true, shutter: 'open' });
    expect([at(-3).permit, at(-2.999).permit]).toEqual([true, false]);
  });

  it('forbids when the Sun’s elevation is no number', () => {
    const inputs = { verdict: SAFE, openSunAltDeg: -3, majordomeAlive: true, shutter: null };
    expect(guard({ ...inputs, sunAltDeg: Number.NaN })).toMatchObject({
      permit: false,
      close: true,
    });
  });
});

describe('whatever the guardian knows', () => {
  const inputs: fc.Arbitrary<GuardInputs> = fc.record({
    verdict: fc.constantFrom(SAFE, RAIN, { safe: false, reasons: [] }),
    sunAltDeg: fc.double({ min: -90, max: 90 }),
    openSunAltDeg: fc.double({ min: -18, max: 5, noNaN: true }),
    majordomeAlive: fc.boolean(),
    shutter: fc.constantFrom(...SHUTTERS),
  });

  it('it permits only what is safe, dark and attended', () => {
    fc.assert(
      fc.property(inputs, (one) => {
        if (guard(one).permit) expect(isFair(one)).toBe(true);
      }),
    );
  });

  it('it closes what is not proved closed, unless it permits, and never both', () => {
    fc.assert(
      fc.property(inputs, (one) => {
        const { permit, close } = guard(one);
        expect(permit && close).toBe(false);
        if (!permit && !close) expect(['closed', 'closing']).toContain(one.shutter);
      }),
    );
  });

  it('it decides alike however the same things came to be, one after the other', () => {
    fc.assert(
      fc.property(fc.array(inputs, { minLength: 1 }), fc.func(fc.integer()), (history, rank) => {
        const last = history.at(-1);
        if (!last) return;
        const alone = guard(last);
        for (const one of history.toSorted((a, b) => rank(a) - rank(b))) guard(one);
        expect(guard(last)).toEqual(alone);
      }),
    );
  });
});
