import { describe, expect, it } from 'vitest';
import type { Pointing, Telescope } from './telescope.ts';

/** A telescope under test, at rest on its park position. */
export interface TelescopeBench {
  readonly telescope: Telescope;
  /** Well above the horizon for the next hour. */
  readonly target: Pointing;
  /** Far from the first, and as high. */
  readonly otherTarget: Pointing;
  readonly belowHorizon: Pointing;
  /** Lets observatory seconds go by. */
  pass(seconds: number): Promise<void>;
}

/** Longest slew that the contract expects of any mount, seconds. */
const LONGEST_SLEW_SECONDS = 300;

/** What every telescope does, simulated or real. */
export function telescopeContract(kind: string, bench: () => TelescopeBench): void {
  describe(`${kind} keeps the contract of a telescope: it`, () => {
    it('is parked at first', async () => {
      expect((await bench().telescope.status()).motion).toBe('parked');
    });

    it('slews from park to a target and tracks it', async () => {
      const { telescope, target, pass } = bench();
      await telescope.goto(target);
      expect((await telescope.status()).motion).toBe('slewing');
      await pass(LONGEST_SLEW_SECONDS);
      const status = await telescope.status();
      expect(status.motion).toBe('tracking');
      expect(status.raDeg).toBeCloseTo(target.raDeg, 3);
      expect(status.decDeg).toBeCloseTo(target.decDeg, 3);
    });

    it('keeps the target while the sky turns', async () => {
      const { telescope, target, pass } = bench();
      await telescope.goto(target);
      await pass(LONGEST_SLEW_SECONDS);
      const before = await telescope.status();
      await pass(1200);
      const after = await telescope.status();
      expect(after.raDeg).toBeCloseTo(before.raDeg, 3);
      expect(after.haDeg - before.haDeg).toBeCloseTo(5.01, 1);
    });

    it('takes a new target in mid-slew', async () => {
      const { telescope, target, otherTarget, pass } = bench();
      await telescope.goto(target);
      await pass(4);
      await telescope.goto(otherTarget);
      await pass(LONGEST_SLEW_SECONDS);
      expect((await telescope.status()).raDeg).toBeCloseTo(otherTarget.raDeg, 3);
    });

    it('refuses a target below the horizon and stays where it is', async () => {
      const { telescope, belowHorizon } = bench();
      await expect(telescope.goto(belowHorizon)).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
      expect((await telescope.status()).motion).toBe('parked');
    });

    it.each([Number.NaN, -1, 360, Number.POSITIVE_INFINITY])(
      'refuses a right ascension of %s',
      async (raDeg) => {
        const { telescope } = bench();
        const refusal = telescope.goto({ raDeg, decDeg: 0 });
        await expect(refusal).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
      },
    );

    it('stops in mid-slew and then stands still', async () => {
      const { telescope, target, pass } = bench();
      await telescope.goto(target);
      await pass(3);
      await telescope.stop();
      await pass(LONGEST_SLEW_SECONDS);
      const before = await telescope.status();
      await pass(60);
      const after = await telescope.status();
      expect(after.motion).toBe('stopped');
      expect(after.azDeg).toBeCloseTo(before.azDeg, 6);
    });

    it('parks, and stays parked when told to stop', async () => {
      const { telescope, target, pass } = bench();
      await telescope.goto(target);
      await pass(LONGEST_SLEW_SECONDS);
      await telescope.park();
      expect((await telescope.status()).motion).toBe('parking');
      await pass(LONGEST_SLEW_SECONDS);
      await telescope.stop();
      expect((await telescope.status()).motion).toBe('parked');
    });
  });
}
