import { type Agenda, endOf, type Placed, slewBefore, type Telescope } from './agenda.ts';
import { type Interval, intersect, longestMs } from './interval.ts';
import { byUrgency, type Job } from './job.ts';
import type { Explanation } from './schedule.ts';
import { clockTime, namesText, secondsText } from './wording.ts';

/**
 * Why a job that the sky and its quota allow has no place: which others took it, those who hold its
 * best start first, and how much room is missing.
 */
export function outbid(job: Job, agenda: Agenda, telescope: Telescope): Explanation {
  const away = ({ startMs }: Placed): number => Math.abs(startMs - job.merit.wishMs);
  const rivals = agenda
    .filter((placed) => longestMs(intersect([busyOf(placed)], job.visible)) > 0)
    .sort((a, b) => away(a) - away(b));
  const better = rivals.filter((placed) => byUrgency(placed.job, job) < 0);
  const names = (better.length > 0 ? better : rivals).map(({ job: { sequence } }) => sequence.name);
  const free = longestMs(intersect(job.visible, gaps(agenda, telescope)));
  const needs = `it takes ${secondsText(job.blockMs / 1000)}`;
  const longest = `${secondsText(free / 1000)} at most are free while it may be observed${spanText(job)}`;
  const by = names.length > 0 ? namesText(names) : 'the running sequence';
  return {
    code: 'OUTBID',
    sentence: `outbid by ${by}: ${needs}, ${longest}`,
    remedy: 'Make it more urgent, widen its window or ask for fewer images.',
  };
}

function busyOf(placed: Placed): Interval {
  return { startMs: placed.startMs, endMs: endOf(placed) };
}

function gaps(agenda: Agenda, telescope: Telescope): Interval[] {
  const found: Interval[] = [];
  let startMs = telescope.freeFromMs;
  agenda.forEach((placed, index) => {
    found.push({ startMs, endMs: placed.startMs - slewBefore(agenda, index, telescope) });
    startMs = endOf(placed);
  });
  return [...found, { startMs, endMs: telescope.endMs }];
}

function spanText({ visible }: Job): string {
  const [first, last] = [visible[0], visible.at(-1)];
  if (first === undefined || last === undefined) return '';
  return ` (${clockTime(first.startMs)} to ${clockTime(last.endMs)})`;
}
