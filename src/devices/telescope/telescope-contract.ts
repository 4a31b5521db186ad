import { describe, expect, it } from 'vitest';
import { separationDeg } from '#sky';
import type { Bench } from '../bench.ts';
import type { Pointing, Telescope } from './telescope.ts';

/** A telescope under test, at rest on its park position. */
export interface TelescopeBench {
  readonly telescope: Telescope;
  /** Well above the horizon for the next hour. */
  readonly target: Pointing;
  /** Far from the first, and as high. */
  readonly otherTarget: Pointing;
  readonly belowHorizon: Pointing;
  /** False where the mount has no reference marks; yes when absent. */
  readonly canHome?: boolean;
  /** How long its tracking is watched, seconds; 1200 when absent. */
  readonly trackSeconds?: number;
  /** Decimals of a degree to which it reports an axis at rest; 6 when absent. */
  readonly restDecimals?: number;
  /** Lets observatory seconds go by. */
  pass(seconds: number): Promise<void>;
}

/** On target, on the sky. */
const NEAR_DEG = 0.0009;
/** Longest slew that the contract expects of any mount, seconds. */
const LONGEST_SLEW_SECONDS = 300;

/** What every telescope does, simulated or real. */
export function telescopeContract(kind: string, bench: Bench<TelescopeBench>): void {
  describe(`${kind} keeps the contract of a telescope: it`, () => {
    it('is parked at first', async () => {
      expect((await (await bench()).telescope.status()).motion).toBe('parked');
    });

    it('slews from park to a target and tracks it', async () => {
      const { telescope, target, pass } = await bench();
      await telescope.goto(target);
      expect((await telescope.status()).motion).toBe('slewing');
      await pass(LONGEST_SLEW_SECONDS);
      const status = await telescope.status();
      expect(status.motion).toBe('tracking');
      expect(separationDeg(status, target)).toBeLessThan(NEAR_DEG);
    });

    it('keeps the target while the sky turns', async () => {
      const { telescope, target, pass, trackSeconds = 1200 } = await bench();
      await telescope.goto(target);
      await pass(LONGEST_SLEW_SECONDS);
      const before = await telescope.status();
      await pass(trackSeconds);
      const after = await telescope.status();
      expect(separationDeg(after, before)).toBeLessThan(NEAR_DEG);
      const seconds = (after.atMs - before.atMs) / 1000;
      expect(after.haDeg - before.haDeg).toBeCloseTo((seconds * 15.041) / 3600, 1);
    });

    it('takes a new target in mid-slew', async () => {
      const { telescope, target, otherTarget, pass } = await bench();
      await telescope.goto(target);
      await pass(4);
      await telescope.goto(otherTarget);
      await pass(LONGEST_SLEW_SECONDS);
      expect(separationDeg(await telescope.status(), otherTarget)).toBeLessThan(NEAR_DEG);
    });

    it('refuses a target below the horizon and stays where it is', async () => {
      const { telescope, belowHorizon } = await bench();
      await expect(telescope.goto(belowHorizon)).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
      expect((await telescope.status()).motion).toBe('parked');
    });

    it('tells all that is asked of a telescope’s status', async () => {
      const status = await (await bench()).telescope.status();
      expect(status).toMatchObject({
        raDeg: expect.any(Number),
        decDeg: expect.any(Number),
        altDeg: expect.any(Number),
        azDeg: expect.any(Number),
        haDeg: expect.any(Number),
        stopSensor: expect.any(Boolean),
        flatPosition: expect.any(Boolean),
        homed: true,
        atMs: expect.any(Number),
      });
    });

    it('looks for its reference marks, and then stands still and knows where it is', async () => {
      const { telescope, target, pass, canHome = true } = await bench();
      await telescope.goto(target);
      await pass(LONGEST_SLEW_SECONDS);
      if (!canHome) {
        await expect(telescope.home()).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
        expect((await telescope.status()).motion).toBe('tracking');
        return;
      }
      await telescope.home();
      expect((await telescope.status()).motion).toBe('homing');
      await pass(LONGEST_SLEW_SECONDS);
      expect(await telescope.status()).toMatchObject({ motion: 'stopped', homed: true });
    });

    it.each([Number.NaN, -90.5, 100, Number.NEGATIVE_INFINITY])(
      'refuses a declination of %s',
      async (decDeg) => {
        const { telescope } = await bench();
        const refusal = telescope.goto({ raDeg: 10, decDeg });
        await expect(refusal).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
        expect((await telescope.status()).motion).toBe('parked');
      },
    );

    it.each([Number.NaN, -1, 360, Number.POSITIVE_INFINITY])(
      'refuses a right ascension of %s',
      async (raDeg) => {
        const { telescope } = await bench();
        const refusal = telescope.goto({ raDeg, decDeg: 0 });
        await expect(refusal).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
      },
    );

    it('stops in mid-slew and then stands still', async () => {
      const { telescope, target, pass, restDecimals = 6 } = await bench();
      await telescope.goto(target);
      await pass(3);
      await telescope.stop();
      await pass(LONGEST_SLEW_SECONDS);
      const before = await telescope.status();
      await pass(60);
      const after = await telescope.status();
      expect(after.motion).toBe('stopped');
      expect(after.azDeg).toBeCloseTo(before.azDeg, restDecimals);
    });

    it('parks, and stays parked when told to stop', async () => {
      const { telescope, target, pass } = await bench();
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
