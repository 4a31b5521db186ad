import { type Agenda, endOf, type Placed, slewBefore, type Telescope } from './agenda.ts';
import { type Interval, intersect, longestMs } from './interval.ts';
import { byUrgency, type Job } from './job.ts';
import type { Explanation } from './schedule.ts';
import { clockTime, namesText, secondsText } from './wording.ts';

/**
 * Says of jobs that the sky and their quota allow why they have no place: which others took it, those
 * who hold its best start first, and how much room is missing.
 */
export function outbidBy(agenda: Agenda, telescope: Telescope): (job: Job) => Explanation {
  const gaps = gapsOf(agenda, telescope);
  return (job) => {
    const free = longestMs(intersect(job.visible, gaps));
    const needs = `it takes ${secondsText(job.blockMs / 1000)}`;
    const longest = `${secondsText(free / 1000)} at most are free while it may be observed${spanText(job)}`;
    return {
      code: 'OUTBID',
      sentence: `outbid by ${rivalsText(job, agenda)}: ${needs}, ${longest}`,
      remedy: 'Make it more urgent, widen its window or ask for fewer images.',
    };
  };
}

/** The more urgent ones among those that lie where the job could, or all of them, nearest first. */
function rivalsText(job: Job, agenda: Agenda): string {
  const away = ({ startMs }: Placed): number => Math.abs(startMs - job.merit.wishMs);
  const rivals = agenda.filter((placed) => isInTheWay(placed, job));
  const better = rivals.filter((placed) => byUrgency(placed.job, job) < 0);
  const named = (better.length > 0 ? better : rivals).sort((a, b) => away(a) - away(b));
  if (named.length === 0) return 'the running sequence';
  return namesText(named.map((placed) => placed.job.sequence.name));
}

function isInTheWay(placed: Placed, { visible }: Job): boolean {
  const endMs = endOf(placed);
  return visible.some((each) => placed.startMs < each.endMs && each.startMs < endMs);
}

function gapsOf(agenda: Agenda, telescope: Telescope): Interval[] {
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
