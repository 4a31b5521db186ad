import type { Camera, RawFrame } from '#devices';
import { PyrosError } from '#platform';
import type { Channel } from '#unit';
import type { ObservingTools } from './observing-tools.ts';
import { waitUntil } from './wait-until.ts';

/** One exposure that belongs to no sequence. */
export interface FrameWish {
  readonly channel: Channel;
  readonly camera: Camera;
  readonly exposureId: string;
  readonly seconds: number;
  readonly shutter: 'open' | 'closed';
  /** Absent: whatever is in the beam. */
  readonly filter?: string;
  readonly signal: AbortSignal;
}

/** What a camera may need beyond exposure and read-out, seconds. */
const MARGIN_SECONDS = 20;

/**
 * Brings the filter, exposes and reads out. Rejects like a camera, with `DEVICE_TIMEOUT`, or with the
 * signal's reason; the camera is then left without an exposure.
 */
export async function takeFrame(
  { clock }: Pick<ObservingTools, 'clock'>,
  wish: FrameWish,
): Promise<RawFrame> {
  const { camera, channel, exposureId, seconds, shutter, signal } = wish;
  try {
    await bringFilter(clock, wish);
    await camera.expose({ exposureId, seconds, shutter });
    await waitUntil({
      clock,
      signal,
      timeoutSeconds: seconds + channel.detector.readoutSeconds + MARGIN_SECONDS,
      what: `The exposure on ${channel.alias}`,
      look: async () => {
        const { activity, remainingSeconds } = await camera.status();
        if (activity === 'ready') return { done: true, value: undefined };
        if (activity === 'exposing') {
          const { readoutSeconds } = channel.detector;
          return { done: false, remainingSeconds: remainingSeconds + readoutSeconds };
        }
        if (activity === 'reading') return { done: false };
        throw new PyrosError('EXPOSURE_LOST', `The camera is ${activity} without an image.`);
      },
    });
    return await camera.readout(exposureId);
  } catch (error) {
    await camera.abort().catch(() => undefined);
    throw error;
  }
}

/** No exposure unless the filter is in the beam and still (hazard F57). */
async function bringFilter(clock: ObservingTools['clock'], wish: FrameWish): Promise<void> {
  const { camera, channel, signal } = wish;
  const before = await camera.status();
  if (wish.filter !== undefined && before.filter !== wish.filter) {
    await camera.setFilter(wish.filter);
  }
  await waitUntil({
    clock,
    signal,
    timeoutSeconds: channel.wheelSeconds + MARGIN_SECONDS,
    what: `The filter wheel of ${channel.alias}`,
    look: async () => {
      const { wheelMoving, filter, activity } = await camera.status();
      const isIn = !wheelMoving && filter !== null && filter === (wish.filter ?? filter);
      const isFree = activity !== 'exposing' && activity !== 'reading';
      return isIn && isFree ? { done: true, value: undefined } : { done: false };
    },
  });
}
