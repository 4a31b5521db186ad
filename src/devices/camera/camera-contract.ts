import { describe, expect, it } from 'vitest';
import { codeOf } from '#platform';
import type { Bench } from '../bench.ts';
import type { Camera } from './camera.ts';

/** A camera under test: idle, its first filter in the beam. */
export interface CameraBench {
  readonly camera: Camera;
  readonly filters: readonly [string, string, ...string[]];
  /** How fast it cools and warms, degrees a minute. */
  readonly coolDegPerMinute: number;
  /** Longer than its wheel and its read-out take, seconds. */
  readonly overheadSeconds: number;
  /** False where an exposure can only be dropped; yes when absent. */
  readonly canStop?: boolean;
  /** How exact its times are, seconds; exact when absent. */
  readonly timing?: number;
  pass(seconds: number): Promise<void>;
}

/** A bench with so much tolerance runs on real time, where things go on between two lines. */
const REAL_TIME_SECONDS = 0.1;
const FIVE_SECONDS = { seconds: 5, shutter: 'open' } as const;

/** What every camera does, simulated or real. */
export function cameraContract(kind: string, bench: Bench<CameraBench>): void {
  describe(`${kind} keeps the contract of a camera: it`, () => {
    it('is idle at first', async () => {
      const { camera, filters } = await bench();
      expect(await camera.status()).toMatchObject({ activity: 'idle', filter: filters[0] });
    });

    it('changes its filter, which is unknown while the wheel moves', async () => {
      const { camera, filters, overheadSeconds, pass, timing = 0 } = await bench();
      await camera.setFilter(filters[1]);
      const moving = await camera.status();
      // A wheel in real time may have arrived before anybody could ask.
      const hadArrived = timing >= REAL_TIME_SECONDS && !moving.wheelMoving;
      const expected = hadArrived
        ? { filter: filters[1], wheelMoving: false }
        : { filter: null, wheelMoving: true };
      expect(moving).toMatchObject(expected);
      await pass(overheadSeconds);
      expect(await camera.status()).toMatchObject({ filter: filters[1], wheelMoving: false });
    });

    it('refuses a filter that it does not hold', async () => {
      const refusal = (await bench()).camera.setFilter('no such filter');
      await expect(refusal).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
    });

    it('refuses to expose while the wheel moves', async () => {
      const { camera, filters, timing = 0 } = await bench();
      await camera.setFilter(filters[1]);
      const outcome = await camera
        .expose({ exposureId: 'a', ...FIVE_SECONDS })
        .then(() => 'taken', codeOf);
      const { filter } = await camera.status();
      const hadArrived = timing >= REAL_TIME_SECONDS && outcome === 'taken';
      expect(hadArrived ? filter : outcome).toBe(hadArrived ? filters[1] : 'DEVICE_REFUSED');
    });

    it('exposes, and gives the image when asked', async () => {
      const { camera, filters, overheadSeconds, pass, timing = 0 } = await bench();
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      const begun = await camera.status();
      expect(begun).toMatchObject({ activity: 'exposing', exposureId: 'a' });
      await pass(5 + overheadSeconds);
      expect(await camera.status()).toMatchObject({ activity: 'ready', exposureId: 'a' });
      const frame = await camera.readout('a');
      expect(frame).toMatchObject({ exposureId: 'a', seconds: 5, filter: filters[0] });
      // By the camera's own dates: on real time the question may have come late.
      const openSeconds = (begun.atMs - frame.startMs) / 1000;
      expect(openSeconds).toBeGreaterThanOrEqual(-timing);
      expect(Math.abs(begun.remainingSeconds - (5 - openSeconds))).toBeLessThanOrEqual(timing);
      if (timing < REAL_TIME_SECONDS) expect(openSeconds).toBe(0);
      expect(frame.pixels).toHaveLength(frame.width * frame.height);
    });

    it('is idle after the image is read, and still gives it again', async () => {
      const { camera, overheadSeconds, pass } = await bench();
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      await pass(5 + overheadSeconds);
      const frame = await camera.readout('a');
      expect(await camera.status()).toMatchObject({ activity: 'idle', exposureId: null });
      expect((await camera.readout('a')).pixels).toEqual(frame.pixels);
    });

    it('tells all that is asked of a camera’s status', async () => {
      expect(await (await bench()).camera.status()).toMatchObject({
        wheelMoving: false,
        wheelHoming: false,
        initialised: true,
        temperatureC: expect.any(Number),
        remainingSeconds: 0,
        atMs: expect.any(Number),
      });
    });

    it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])(
      'refuses an exposure of %s seconds',
      async (seconds) => {
        const { camera } = await bench();
        const refusal = camera.expose({ exposureId: 'a', seconds, shutter: 'open' });
        await expect(refusal).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
        expect((await camera.status()).activity).toBe('idle');
      },
    );

    it('reads out what there is when it is stopped', async () => {
      const { camera, overheadSeconds, pass, canStop = true } = await bench();
      await camera.expose({ exposureId: 'a', seconds: 100, shutter: 'open' });
      if (!canStop) {
        await expect(camera.stop()).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
        await camera.abort();
        return;
      }
      await pass(20);
      await camera.stop();
      await pass(overheadSeconds);
      const frame = await camera.readout('a');
      expect(frame.seconds).toBeCloseTo(20, 1);
      expect(frame.pixels).toHaveLength(frame.width * frame.height);
    });

    it('stops harmlessly when nothing runs', async () => {
      const { camera } = await bench();
      await camera.stop();
      expect((await camera.status()).activity).toBe('idle');
    });

    it('warms up without its cooler, and cools to its setpoint', async () => {
      const { camera, coolDegPerMinute, pass } = await bench();
      const { temperatureC: coldC } = await camera.status();
      await camera.cool(null);
      await pass(60);
      const warm = await camera.status();
      expect(warm.setpointC).toBeNull();
      expect(warm.temperatureC - coldC).toBeCloseTo(coolDegPerMinute, 0);
      await camera.cool(coldC);
      expect((await camera.status()).setpointC).toBe(coldC);
      await pass(120);
      expect((await camera.status()).temperatureC).toBeCloseTo(coldC, 0);
    });

    it.each([Number.NaN, -300, 101])('refuses to cool to %s', async (setpointC) => {
      const refusal = (await bench()).camera.cool(setpointC);
      await expect(refusal).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
    });

    it('drops everything when it is reset, and is idle', async () => {
      const { camera, overheadSeconds, pass } = await bench();
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      await camera.reset();
      await pass(overheadSeconds);
      expect(await camera.status()).toMatchObject({ activity: 'idle', wheelHoming: false });
      await expect(camera.readout('a')).rejects.toMatchObject({ code: 'EXPOSURE_UNKNOWN' });
    });

    it('takes an exposure asked twice once', async () => {
      const { camera, pass, timing = 1e-6 } = await bench();
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      const first = await camera.status();
      await pass(2);
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      const second = await camera.status();
      const passedSeconds = (second.atMs - first.atMs) / 1000;
      expect(passedSeconds).toBeGreaterThanOrEqual(2 - timing);
      const expected = Math.max(0, first.remainingSeconds - passedSeconds);
      expect(Math.abs(second.remainingSeconds - expected)).toBeLessThanOrEqual(timing);
    });

    it('does not expose again what was aborted', async () => {
      const { camera } = await bench();
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      await camera.abort();
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      expect((await camera.status()).activity).toBe('idle');
      await expect(camera.readout('a')).rejects.toMatchObject({ code: 'EXPOSURE_UNKNOWN' });
    });

    it('refuses another exposure, and the wheel, while it exposes', async () => {
      const { camera, filters } = await bench();
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      const second = camera.expose({ exposureId: 'b', ...FIVE_SECONDS });
      await expect(second).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
      const wheel = camera.setFilter(filters[1]);
      await expect(wheel).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
    });

    it('refuses to give an image before its end', async () => {
      const { camera } = await bench();
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      await expect(camera.readout('a')).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
    });

    it('drops the image when the next exposure starts', async () => {
      const { camera, overheadSeconds, pass } = await bench();
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      await pass(5 + overheadSeconds);
      await camera.expose({ exposureId: 'b', ...FIVE_SECONDS });
      await expect(camera.readout('a')).rejects.toMatchObject({ code: 'EXPOSURE_UNKNOWN' });
    });

    it('aborts harmlessly when nothing runs, and keeps an ended image', async () => {
      const { camera, overheadSeconds, pass } = await bench();
      await camera.abort();
      await camera.expose({ exposureId: 'a', ...FIVE_SECONDS });
      await pass(5 + overheadSeconds);
      await camera.abort();
      expect((await camera.readout('a')).exposureId).toBe('a');
    });
  });
}
