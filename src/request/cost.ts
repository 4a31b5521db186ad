import type { Channel } from '#unit';
import type { Album, Plan } from './request.ts';

/** What the cost of an observation depends on in a channel. */
export type ChannelTimes = Pick<Channel, 'alias' | 'wheelSeconds'> & {
  readonly detector: Pick<Channel['detector'], 'readoutSeconds'>;
};

/** The telescope moves by some arcseconds and settles, seconds. */
export const DITHER_SECONDS = 5;

/**
 * Seconds that the albums take once the telescope is on the target. Channels work at the same time;
 * on one channel the plans follow each other, each image is read out, a change of filter turns the
 * wheel, and a dither moves the telescope between two images. The first filter is set during the slew.
 */
export function albumsSeconds(albums: readonly Album[], channels: readonly ChannelTimes[]): number {
  const longest = channels.map((channel) => {
    const own = albums.filter((album) => album.channel === channel.alias);
    return channelSeconds(
      own.flatMap((album) => album.plans),
      channel,
    );
  });
  return Math.max(0, ...longest) + DITHER_SECONDS * dithersOf(albums);
}

/** While the telescope moves, no channel exposes: what one of them asks for delays all. */
function dithersOf(albums: readonly Album[]): number {
  const images = new Map<string, number>();
  for (const { channel, ditherArcsec = 0, plans } of albums) {
    const own = ditherArcsec > 0 ? plans.reduce((sum, plan) => sum + plan.images, 0) : 0;
    images.set(channel, (images.get(channel) ?? 0) + own);
  }
  return Math.max(0, ...[...images.values()].map((count) => count - 1));
}

function channelSeconds(plans: readonly Plan[], channel: ChannelTimes): number {
  const readout = channel.detector.readoutSeconds;
  const images = plans.map((plan) => plan.images * (plan.exposureSeconds + readout));
  const changes = plans.filter((plan, i) => i > 0 && plan.filter !== plans[i - 1]?.filter).length;
  return images.reduce((sum, seconds) => sum + seconds, 0) + changes * channel.wheelSeconds;
}
