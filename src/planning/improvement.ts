import type { Job } from './job.ts';
import { insert, type Timeline } from './timeline.ts';

/** What improving a timeline needs. */
export interface Improvement {
  readonly timeline: Timeline;
  /** Jobs without a place, the most urgent first. */
  readonly left: readonly Job[];
  readonly freeFromMs: number;
  /** Whether the job may still be added, quotas considered. */
  readonly isAffordable: (job: Job) => boolean;
}

/** Attempts in all: a count rather than a time, so that the same input gives the same plan. */
const maxAttempts = 1000;

/**
 * Tries to place what was left over by taking one placed sequence out and putting it back elsewhere
 * after the other; alerts stay. Nothing that had a place loses it. Calls `onPlaced` for each gain.
 */
export function improve(improvement: Improvement, onPlaced: (job: Job) => void): Timeline {
  let { timeline } = improvement;
  let attempts = 0;
  for (const job of improvement.left) {
    if (!improvement.isAffordable(job) || !hasTime(timeline, job, improvement.freeFromMs)) continue;
    for (const { job: other } of timeline) {
      if (other.sequence.isAlert) continue;
      if (++attempts > maxAttempts) return timeline;
      const better = exchange(timeline, { job, other }, improvement.freeFromMs);
      if (better === undefined) continue;
      timeline = better;
      onPlaced(job);
      break;
    }
  }
  return timeline;
}

function exchange(
  timeline: Timeline,
  { job, other }: { readonly job: Job; readonly other: Job },
  freeFromMs: number,
): Timeline | undefined {
  const without = timeline.filter((placed) => placed.job.sequence.id !== other.sequence.id);
  const added = insert(without, job, freeFromMs);
  return added && insert(added, other, freeFromMs);
}

/** Whether the idle time would suffice, were it in one piece: most hopeless cases end here. */
function hasTime(timeline: Timeline, job: Job, freeFromMs: number): boolean {
  const jobs = [job, ...timeline.map((placed) => placed.job)];
  const { dark } = job.subject;
  // The first overhead may pass before the dark.
  const firstMs = dark.startMs - Math.max(...jobs.map((each) => each.overheadMs));
  const needMs = jobs.reduce((sum, each) => sum + each.overheadMs + each.durationMs, 0);
  return needMs <= dark.endMs - Math.max(freeFromMs, firstMs);
}
