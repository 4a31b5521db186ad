import type { StoredAlbum } from '#request';

/** One exposure that a sequence still owes. */
export interface PlannedExposure {
  readonly exposureId: string;
  readonly albumId: number;
  readonly planId: number;
  /** Which of the plan's images, from 1. */
  readonly number: number;
  readonly channel: string;
  readonly filter: string;
  readonly seconds: number;
}

/** What one channel still has to do, in order. */
export interface ChannelRun {
  readonly channel: string;
  readonly exposures: readonly PlannedExposure[];
}

/** An exposure that was tried: what became of it. */
export interface TriedExposure {
  readonly planId: number;
  readonly number: number;
  readonly exposureId: string;
  readonly state: string;
}

/** A failed exposure is tried again this often before the channel goes on without it. */
export const TRIES_PER_EXPOSURE = 3;

/**
 * What is left of a sequence, by channel, given what was tried before: after a preemption, rain or a
 * death of the observer it goes on with the first image that is missing. Each try has its own id.
 */
export function remainingRuns(
  sequenceId: number,
  albums: readonly StoredAlbum[],
  tried: readonly TriedExposure[],
): ChannelRun[] {
  const channels = [...new Set(albums.map((album) => album.channel))];
  return channels.map((channel) => ({
    channel,
    exposures: albums
      .filter((album) => album.channel === channel)
      .flatMap((album) =>
        album.plans.flatMap((plan) => images(sequenceId, { album, plan }, tried)),
      ),
  }));
}

type PlanOfAlbum = { album: StoredAlbum; plan: StoredAlbum['plans'][number] };

function images(
  sequenceId: number,
  { album, plan }: PlanOfAlbum,
  tried: readonly TriedExposure[],
): PlannedExposure[] {
  const numbers = Array.from({ length: plan.images }, (_, i) => i + 1);
  return numbers.flatMap((number) => {
    const before = tried.filter((one) => one.planId === plan.id && one.number === number);
    if (before.some((one) => one.state === 'TAKEN')) return [];
    if (before.filter((one) => one.state === 'FAILED').length >= TRIES_PER_EXPOSURE) return [];
    // An exposure that was under way when the observer died keeps its id: the camera may hold it.
    const underWay = before.find((one) => one.state === 'EXPOSING');
    const exposureId =
      underWay?.exposureId ?? `${sequenceId}-${plan.id}-${number}-${before.length + 1}`;
    const { channel } = album;
    const { filter, exposureSeconds: seconds } = plan;
    return [{ exposureId, albumId: album.id, planId: plan.id, number, channel, filter, seconds }];
  });
}

/** How a sequence ended. */
export type SequenceOutcome = 'DONE' | 'PARTIAL' | 'FAILED' | 'INTERRUPTED';

/** The outcome of a run that went to its end: all images, some, or none. */
export function outcomeOf(taken: number, asked: number): SequenceOutcome {
  if (taken >= asked) return 'DONE';
  return taken > 0 ? 'PARTIAL' : 'FAILED';
}
