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
  /** Which try of this image, from 1. */
  readonly attempt: number;
  /** How far about the target its images are spread; absent: they are not. */
  readonly ditherArcsec?: number;
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
  readonly channel: string;
  readonly state: string;
}

/** An image is tried this often; a channel that fails it so many times in a row gives up. */
export const TRIES_PER_EXPOSURE = 3;

/**
 * What is left of a sequence, by channel, given what was tried before: after a preemption, rain or a
 * death of the observer it goes on with the first image that is missing. Each try has its own id.
 */
export function remainingRuns(
  sequenceId: number,
  albums: readonly StoredAlbum[],
  { tried, failures }: Past,
): ChannelRun[] {
  const channels = [...new Set(albums.map((album) => album.channel))];
  return channels.map((channel) => ({
    channel,
    exposures: albums
      .filter((album) => album.channel === channel)
      .flatMap((album) =>
        album.plans.flatMap((plan) => images(sequenceId, { album, plan }, { tried, failures })),
      ),
  }));
}

/** What is behind a sequence: its exposures, and how often it came back because a device failed. */
export interface Past {
  readonly tried: readonly TriedExposure[];
  readonly failures: number;
}

type PlanOfAlbum = { album: StoredAlbum; plan: StoredAlbum['plans'][number] };

function images(
  sequenceId: number,
  { album, plan }: PlanOfAlbum,
  { tried, failures }: Past,
): PlannedExposure[] {
  const mostTries = TRIES_PER_EXPOSURE * (failures + 1);
  const numbers = Array.from({ length: plan.images }, (_, i) => i + 1);
  return numbers.flatMap((number) => {
    const before = tried.filter((one) => one.planId === plan.id && one.number === number);
    if (before.some((one) => one.state === 'TAKEN')) return [];
    if (before.filter((one) => one.state === 'FAILED').length >= mostTries) return [];
    // An exposure that was under way when the observer died keeps its id: the camera may hold it.
    const underWay = before.find((one) => one.state === 'EXPOSING');
    const attempt = underWay ? before.indexOf(underWay) + 1 : before.length + 1;
    const exposureId = underWay?.exposureId ?? `${sequenceId}-${plan.id}-${number}-${attempt}`;
    const { channel } = album;
    const { filter, exposureSeconds: seconds } = plan;
    const what = { albumId: album.id, planId: plan.id, number, channel, filter, seconds };
    const dither = album.ditherArcsec !== undefined && { ditherArcsec: album.ditherArcsec };
    return [{ exposureId, attempt, ...what, ...dither }];
  });
}

/** What the longest of the runs takes on the target, its read-outs included, seconds. */
export function longestRunSeconds(
  runs: readonly ChannelRun[],
  channels: readonly {
    readonly alias: string;
    readonly detector: { readonly readoutSeconds: number };
  }[],
): number {
  const secondsOf = ({ channel, exposures }: ChannelRun): number => {
    const readout = channels.find((one) => one.alias === channel)?.detector.readoutSeconds ?? 0;
    return exposures.reduce((sum, { seconds }) => sum + seconds + readout, 0);
  };
  return Math.max(0, ...runs.map(secondsOf));
}

/** The same image once more, under a name of its own. */
export function nextTry(sequenceId: number, exposure: PlannedExposure): PlannedExposure {
  const attempt = exposure.attempt + 1;
  const { planId, number } = exposure;
  return { ...exposure, attempt, exposureId: `${sequenceId}-${planId}-${number}-${attempt}` };
}

/** How a sequence ended. */
export type SequenceOutcome = 'DONE' | 'PARTIAL' | 'FAILED' | 'INTERRUPTED' | 'CANCELLED';

/** The outcome of a run that went to its end: all images, some, or none. */
export function outcomeOf(taken: number, asked: number): SequenceOutcome {
  if (taken >= asked) return 'DONE';
  return taken > 0 ? 'PARTIAL' : 'FAILED';
}
