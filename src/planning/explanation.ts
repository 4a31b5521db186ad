import { type Interval, intersect, longestMs } from './interval.ts';
import { byUrgency, type Job } from './job.ts';
import type { Explanation } from './schedule.ts';
import type { Placed, Timeline } from './timeline.ts';
import { clockTime, namesText, secondsText } from './wording.ts';

/**
 * Why a job that the sky and its quota allow has no place: which others took it, those who hold its
 * best start first.
 */
export function outbid(job: Job, timeline: Timeline, freeFromMs: number): Explanation {
  const away = ({ startMs }: Placed): number => Math.abs(startMs - job.merit.wishMs);
  const rivals = timeline
    .filter((placed) => touches(placed, job))
    .sort((a, b) => away(a) - away(b));
  const better = rivals.filter((placed) => byUrgency(placed.job, job) < 0);
  const names = (better.length > 0 ? better : rivals).map(({ job: { sequence } }) => sequence.name);
  const free = longestMs(intersect(job.visible, gaps(timeline, freeFromMs)));
  const needs = `it takes ${secondsText((job.overheadMs + job.durationMs) / 1000)}`;
  const longest = `${secondsText(free / 1000)} at most are free while it may be observed${spanText(job)}`;
  const by = names.length > 0 ? namesText(names) : 'the running sequence';
  return {
    code: 'OUTBID',
    sentence: `outbid by ${by}: ${needs}, ${longest}`,
    remedy: 'Make it more urgent, widen its window or ask for fewer images.',
  };
}

function touches({ job, startMs }: Placed, rival: Job): boolean {
  const busy = [{ startMs: startMs - job.overheadMs, endMs: startMs + job.durationMs }];
  return longestMs(intersect(busy, rival.visible)) > 0;
}

function gaps(timeline: Timeline, freeFromMs: number): Interval[] {
  const found: Interval[] = [];
  let startMs = freeFromMs;
  for (const placed of timeline) {
    found.push({ startMs, endMs: placed.startMs - placed.job.overheadMs });
    startMs = placed.startMs + placed.job.durationMs;
  }
  return [...found, { startMs, endMs: Number.POSITIVE_INFINITY }];
}

function spanText({ visible }: Job): string {
  const [first, last] = [visible[0], visible.at(-1)];
  if (first === undefined || last === undefined) return '';
  return ` (${clockTime(first.startMs)} to ${clockTime(last.endMs)})`;
}
