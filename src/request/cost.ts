import type { Channel } from '#unit';
import type { Album, Plan } from './request.ts';

/** What the cost of an observation depends on in a channel. */
export type ChannelTimes = Pick<Channel, 'alias' | 'wheelSeconds'> & {
  readonly detector: Pick<Channel['detector'], 'readoutSeconds'>;
};

/**
 * Seconds that the albums take once the telescope is on the target. Channels work at the same time;
 * on one channel the plans follow each other, each image is read out, and a change of filter turns
 * the wheel. The first filter is set during the slew.
 */
export function albumsSeconds(albums: readonly Album[], channels: readonly ChannelTimes[]): number {
  const longest = channels.map((channel) => {
    const plans = albums.filter((album) => album.channel === channel.alias);
    return channelSeconds(
      plans.flatMap((album) => album.plans),
      channel,
    );
  });
  return Math.max(0, ...longest);
}

function channelSeconds(plans: readonly Plan[], channel: ChannelTimes): number {
  const readout = channel.detector.readoutSeconds;
  const images = plans.map((plan) => plan.images * (plan.exposureSeconds + readout));
  const changes = plans.filter((plan, i) => i > 0 && plan.filter !== plans[i - 1]?.filter).length;
  return images.reduce((sum, seconds) => sum + seconds, 0) + changes * channel.wheelSeconds;
}
