import { describe, expect, it } from 'vitest';
import type { Bench } from '../bench.ts';
import type { Dome } from './dome.ts';

/** A dome under test: closed, without a permit. */
export interface DomeBench {
  readonly dome: Dome;
  /** Longest permit that it takes, seconds. */
  readonly permitSeconds: number;
  /** Longest time that its shutter needs either way, seconds. */
  readonly travelSeconds: number;
  /** False where the slit has no reference mark; yes when absent. */
  readonly canHome?: boolean;
  pass(seconds: number): Promise<void>;
}

/** What every dome does, simulated or real. */
export function domeContract(kind: string, bench: Bench<DomeBench>): void {
  describe(`${kind} keeps the contract of a dome: it`, () => {
    it('is closed at first and has no permit', async () => {
      const status = await (await bench()).dome.status();
      expect(status).toMatchObject({ shutter: 'closed', permitSeconds: 0 });
    });

    it('refuses to open without a permit', async () => {
      const { dome } = await bench();
      await expect(dome.open()).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
      expect((await dome.status()).shutter).toBe('closed');
    });

    it('opens under a permit that is kept alive', async () => {
      const open = await opened(await bench());
      expect((await open.dome.status()).shutter).toBe('open');
    });

    it('closes by itself when the permit runs out', async () => {
      const { dome, permitSeconds, travelSeconds, pass } = await opened(await bench());
      await pass(permitSeconds + 1);
      expect((await dome.status()).shutter).toBe('closing');
      await pass(travelSeconds);
      expect(await dome.status()).toMatchObject({ shutter: 'closed', permitSeconds: 0 });
    });

    it('closes at once when the permit is taken back', async () => {
      const { dome } = await opened(await bench());
      await dome.permit(0);
      expect((await dome.status()).shutter).toBe('closing');
    });

    it('stays closed under a new permit until it is told to open', async () => {
      const { dome, permitSeconds, travelSeconds, pass } = await opened(await bench());
      await pass(permitSeconds + travelSeconds + 1);
      await dome.permit(permitSeconds);
      await pass(1);
      expect((await dome.status()).shutter).toBe('closed');
    });

    it('closes when told, permit or not', async () => {
      const { dome, travelSeconds, pass } = await opened(await bench());
      await dome.close();
      await pass(travelSeconds + 1);
      await dome.close();
      expect((await dome.status()).shutter).toBe('closed');
    });

    it('turns its slit', async () => {
      const { dome, pass } = await bench();
      await dome.turn(270);
      expect((await dome.status()).rotating).toBe(true);
      await pass(300);
      expect(await dome.status()).toMatchObject({ azimuthDeg: 270, rotating: false });
    });

    it('brings its slit to its reference mark', async () => {
      const { dome, pass, canHome = true } = await bench();
      await dome.turn(90);
      await pass(300);
      if (!canHome) {
        await expect(dome.home()).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
        return;
      }
      await dome.home();
      expect(await dome.status()).toMatchObject({ homing: true, rotating: true });
      await pass(300);
      expect(await dome.status()).toMatchObject({ homing: false, rotating: false });
    });

    it.each([Number.NaN, -1, 360, 400])('refuses to turn to %s', async (azimuth) => {
      await expect((await bench()).dome.turn(azimuth)).rejects.toMatchObject({
        code: 'DEVICE_REFUSED',
      });
    });

    it.each([Number.NaN, -1, 1e6])('refuses a permit of %s seconds', async (seconds) => {
      await expect((await bench()).dome.permit(seconds)).rejects.toMatchObject({
        code: 'DEVICE_REFUSED',
      });
    });
  });
}

/** Opens it to the end, renewing the permit as a guardian would. */
async function opened(bench: DomeBench): Promise<DomeBench> {
  const { dome, permitSeconds, travelSeconds, pass } = bench;
  await dome.permit(permitSeconds);
  await dome.open();
  for (let passed = 0; passed <= travelSeconds; passed += permitSeconds / 2) {
    await pass(permitSeconds / 2);
    await dome.permit(permitSeconds);
  }
  return bench;
}
