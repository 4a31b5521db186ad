import { describe, expect, it } from 'vitest';
import type { Camera } from './camera.ts';

/** A camera under test: idle, its first filter in the beam. */
export interface CameraBench {
  readonly camera: Camera;
  readonly filters: readonly [string, string, ...string[]];
  /** Longer than its wheel and its read-out take, seconds. */
  readonly overheadSeconds: number;
  pass(seconds: number): Promise<void>;
}

const FIVE_SECONDS = { seconds: 5, shutter: 'open' } as const;

/** What every camera does, simulated or real. */
export function cameraContract(kind: string, bench: () => CameraBench): void {
  describe(`${kind} keeps the contract of a camera: it`, () => {
    it('is idle at first', async () => {
      const { camera, filters } = bench();
      expect(await camera.status()).toMatchObject({ activity: 'idle', filter: filters[0] });
    });

    it('changes its filter, which is unknown while the wheel moves', async () => {
      const { camera, filters, overheadSeconds, pass } = bench();
      await camera.setFilter(filters[1]);
      expect(await camera.status()).toMatchObject({ filter: null, wheelMoving: true });
      await pass(overheadSeconds);
      expect(await camera.status()).toMatchObject({ filter: filters[1], wheelMoving: false });
    });

    it('refuses a filter that it does not hold', async () => {
      const refusal = bench().camera.setFilter('no such filter');
      await expect(refusal).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
    });

    it('refuses to expose while the wheel moves', async () => {
      const { camera, filters } = bench();
      await camera.setFilter(filters[1]);
      const refusal = camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      await expect(refusal).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
    });

    it('exposes, and gives the image when asked', async () => {
      const { camera, filters, overheadSeconds, pass } = bench();
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      const begun = await camera.status();
      expect(begun).toMatchObject({ activity: 'exposing', exposureId: 'a', remainingSeconds: 5 });
      await pass(5 + overheadSeconds);
      expect(await camera.status()).toMatchObject({ activity: 'ready', exposureId: 'a' });
      const frame = await camera.readout('a');
      expect(frame).toMatchObject({ exposureId: 'a', seconds: 5, filter: filters[0] });
      expect(frame.startMs).toBe(begun.atMs);
      expect(frame.pixels).toHaveLength(frame.width * frame.height);
    });

    it('is idle after the image is read, and still gives it again', async () => {
      const { camera, overheadSeconds, pass } = bench();
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      await pass(5 + overheadSeconds);
      const frame = await camera.readout('a');
      expect(await camera.status()).toMatchObject({ activity: 'idle', exposureId: null });
      expect((await camera.readout('a')).pixels).toEqual(frame.pixels);
    });

    it('takes an exposure asked twice once', async () => {
      const { camera, pass } = bench();
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      await pass(2);
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      expect((await camera.status()).remainingSeconds).toBeCloseTo(3, 6);
    });

    it('does not expose again what was aborted', async () => {
      const { camera } = bench();
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      await camera.abort();
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      expect((await camera.status()).activity).toBe('idle');
      await expect(camera.readout('a')).rejects.toMatchObject({ code: 'EXPOSURE_UNKNOWN' });
    });

    it('refuses another exposure, and the wheel, while it exposes', async () => {
      const { camera, filters } = bench();
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      const second = camera.expose({ exposureId: 'b', ...FIVE_SECONDS });
      await expect(second).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
      const wheel = camera.setFilter(filters[1]);
      await expect(wheel).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
    });

    it('refuses to give an image before its end', async () => {
      const { camera } = bench();
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      await expect(camera.readout('a')).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
    });

    it('drops the image when the next exposure starts', async () => {
      const { camera, overheadSeconds, pass } = bench();
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      await pass(5 + overheadSeconds);
      await camera.expose({ exposureId: 'b', ...FIVE_SECONDS });
      await expect(camera.readout('a')).rejects.toMatchObject({ code: 'EXPOSURE_UNKNOWN' });
    });

    it('aborts harmlessly when nothing runs, and keeps an ended image', async () => {
      const { camera, overheadSeconds, pass } = bench();
      await camera.abort();
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      await pass(5 + overheadSeconds);
      await camera.abort();
      expect((await camera.readout('a')).exposureId).toBe('a');
    });
  });
}
