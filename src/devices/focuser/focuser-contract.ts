import { describe, expect, it } from 'vitest';
import type { Bench } from '../bench.ts';
import type { Focuser } from './focuser.ts';

/** A focuser under test, at rest. */
export interface FocuserBench {
  readonly focuser: Focuser;
  readonly minSteps: number;
  readonly maxSteps: number;
  /** Longer than its whole travel takes, seconds. */
  readonly travelSeconds: number;
  pass(seconds: number): Promise<void>;
}

/** What every focuser does, simulated or real. */
export function focuserContract(kind: string, bench: Bench<FocuserBench>): void {
  describe(`${kind} keeps the contract of a focuser: it`, () => {
    it('stands still at first, within its travel', async () => {
      const { focuser, minSteps, maxSteps } = await bench();
      const status = await focuser.status();
      expect(status).toMatchObject({ moving: false, atMs: expect.any(Number) });
      expect(status.steps).toBeGreaterThanOrEqual(minSteps);
      expect(status.steps).toBeLessThanOrEqual(maxSteps);
    });

    it('moves to both ends of its travel', async () => {
      const { focuser, minSteps, maxSteps, travelSeconds, pass } = await bench();
      for (const end of [minSteps, maxSteps]) {
        await focuser.move(end);
        expect((await focuser.status()).moving).toBe(true);
        await pass(travelSeconds);
        expect(await focuser.status()).toMatchObject({ moving: false, steps: end });
      }
    });

    it('stops on its way', async () => {
      const { focuser, minSteps, maxSteps, travelSeconds, pass } = await bench();
      await focuser.move(minSteps);
      await pass(travelSeconds);
      await focuser.move(maxSteps);
      await pass(travelSeconds / 4);
      await focuser.stop();
      const { steps } = await focuser.status();
      expect(steps).toBeGreaterThan(minSteps);
      expect(steps).toBeLessThan(maxSteps);
      await pass(travelSeconds);
      expect(await focuser.status()).toMatchObject({ moving: false, steps });
    });

    it('refuses to leave its travel, and a position that is none', async () => {
      const { focuser, minSteps, maxSteps } = await bench();
      for (const steps of [minSteps - 1, maxSteps + 1, Number.NaN, Number.POSITIVE_INFINITY]) {
        await expect(focuser.move(steps)).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
      }
      expect((await focuser.status()).moving).toBe(false);
    });
  });
}
