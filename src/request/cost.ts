import type { Channel, DomeSpec, MountSpec } from '#unit';
import type { Album, Plan } from './request.ts';

/** What the cost of an observation depends on in a channel. */
export type ChannelTimes = Pick<Channel, 'alias' | 'wheelSeconds'> & {
  readonly detector: Pick<Channel['detector'], 'readoutSeconds'>;
};

/** The distance assumed between two targets while their order is unknown, degrees. */
const typicalSlewDeg = 70;

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

/**
 * Seconds to move an axis by `distanceDeg` with the mount's speed and acceleration: a trapezium, or
 * a triangle when it is too short to reach full speed.
 */
export function slewSeconds(
  distanceDeg: number,
  mount: Pick<MountSpec, 'slewDegPerSecond' | 'slewAccelDegPerSecond2'>,
): number {
  const { slewDegPerSecond: speed, slewAccelDegPerSecond2: acceleration } = mount;
  const ramps = speed ** 2 / acceleration;
  return distanceDeg >= ramps
    ? distanceDeg / speed + speed / acceleration
    : 2 * Math.sqrt(distanceDeg / acceleration);
}

/** What has to be ready before the first exposure. */
export interface Arrival {
  readonly mount: Pick<MountSpec, 'slewDegPerSecond' | 'slewAccelDegPerSecond2' | 'settleSeconds'>;
  readonly dome: Pick<DomeSpec, 'turnDegPerSecond'>;
  readonly channels: readonly ChannelTimes[];
  /** How far the telescope has to go, when known. */
  readonly distanceDeg?: number;
}

/**
 * Seconds between two sequences, rounded up: the mount slews and settles while the dome turns and
 * the wheels bring the first filters.
 */
export function overheadSeconds(arrival: Arrival): number {
  const distance = arrival.distanceDeg ?? typicalSlewDeg;
  const telescope = slewSeconds(distance, arrival.mount) + arrival.mount.settleSeconds;
  const dome = distance / arrival.dome.turnDegPerSecond;
  const wheels = arrival.channels.map((channel) => channel.wheelSeconds);
  return Math.ceil(Math.max(telescope, dome, ...wheels));
}
