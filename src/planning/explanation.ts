import { type Agenda, endOf, type Placed, slewBefore, type Telescope } from './agenda.ts';
import { type Interval, intersect, longestMs } from './interval.ts';
import { byUrgency, type Job } from './job.ts';
import type { Explanation } from './schedule.ts';
import { clockTime, NAMES_SHOWN, namesText, secondsText } from './wording.ts';

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
  const better = new Nearest(job.merit.wishMs);
  const all = new Nearest(job.merit.wishMs);
  for (const placed of agenda) {
    if (!isInTheWay(placed, job.visible)) continue;
    all.add(placed);
    if (byUrgency(placed.job, job) < 0) better.add(placed);
  }
  const named = better.count > 0 ? better : all;
  return named.count === 0 ? 'the running sequence' : namesText(named.names(), named.count);
}

/** The few placed nearest to an instant, of many: a thousand jobs ask, so nothing is sorted whole. */
class Nearest {
  count = 0;
  readonly #wishMs: number;
  readonly #found: Placed[] = [];

  constructor(wishMs: number) {
    this.#wishMs = wishMs;
  }

  add(placed: Placed): void {
    this.count++;
    const found = this.#found;
    let at = found.length;
    while (at > 0 && this.#away(found[at - 1] as Placed) > this.#away(placed)) at--;
    if (at >= NAMES_SHOWN) return;
    found.splice(at, 0, placed);
    if (found.length > NAMES_SHOWN) found.pop();
  }

  names(): string[] {
    return this.#found.map(({ job }) => job.sequence.name);
  }

  #away({ startMs }: Placed): number {
    return Math.abs(startMs - this.#wishMs);
  }
}

function isInTheWay(placed: Placed, visible: readonly Interval[]): boolean {
  const endMs = endOf(placed);
  for (const each of visible) {
    if (placed.startMs < each.endMs && each.startMs < endMs) return true;
  }
  return false;
}

function gapsOf(agenda: Agenda, telescope: Telescope): Interval[] {
  const found: Interval[] = [];
  let startMs = telescope.freeFromMs;
  agenda.forEach((placed, index) => {
    found.push({ startMs, endMs: placed.startMs - slewBefore(agenda, index, telescope) });
    startMs = endOf(placed);
  });
  found.push({ startMs, endMs: telescope.endMs });
  return found.filter((gap) => gap.endMs > gap.startMs);
}

function spanText({ visible }: Job): string {
  const [first, last] = [visible[0], visible.at(-1)];
  if (first === undefined || last === undefined) return '';
  return ` (${clockTime(first.startMs)} to ${clockTime(last.endMs)})`;
}
