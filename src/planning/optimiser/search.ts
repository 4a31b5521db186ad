import type { Random } from '#platform';
import { Beam } from './beam.ts';
import { exchanged } from './exchange.ts';
import { type Guide, toGoAt } from './guide.ts';
import { leftBeside, type Placed, type Problem, spend, type Tour, worthOf } from './problem.ts';

export interface SearchTask {
  readonly problem: Problem;
  readonly guide: Guide;
  readonly start: Tour;
  /** Windows that are planned again. */
  readonly rounds: number;
  readonly random: Random;
  /** Nothing is worth more: what reaches it need not be searched any further. */
  readonly bound: number;
}

/** A stretch of a tour: the jobs from one index up to another, that one excluded. */
type Window = readonly [from: number, until: number];

const WIDTH = 4;
const CHOICES = 12;
/** Idle time is worth this share of what the prices say: others may yet use it. */
const IDLE_SHARE = 0.5;
/** Jobs in a window that is planned again alone, and in each of two. */
const LONGEST = 8;
const LONGEST_OF_TWO = 6;
/** At the start a loss of this share of a mean job is accepted now and then; at the end none is. */
const TEMPERATURE = 0.1;
/** Share of the rounds that exchange jobs of an account, where there are quotas. */
const EXCHANGES = 0.5;
/** Small plans are soon searched through. */
const ROUNDS_PER_JOB = 4;
/** From this share of the bound on, a tour counts as the best one. */
const PROVED = 1 - 1e-6;

/**
 * Plans stretches of a tour again: one window, or two at once so that a job may move from one to the
 * other. A beam fills them, with all that is not elsewhere in the tour; what is better is kept, and at
 * first also what is a little worse (simulated annealing), as it may lead on. Gives the best tour seen.
 */
export function search(task: SearchTask): Tour {
  const { problem, guide, random } = task;
  const rounds = Math.min(task.rounds, ROUNDS_PER_JOB * problem.n);
  const size = { width: WIDTH, choices: CHOICES, idleShare: IDLE_SHARE };
  const beam = new Beam(problem, guide, size);
  let tour = task.start;
  let best = { tour, worth: worthOf(problem, tour) };
  for (let round = 0; round < rounds && best.worth < PROVED * task.bound; round++) {
    const mean = best.worth / Math.max(1, tour.length);
    const heat = TEMPERATURE * mean * (1 - round / rounds);
    const isExchange = problem.left.length > 0 && random.next() < EXCHANGES;
    const next = isExchange
      ? exchangedOr(problem, tour, { random, heat })
      : replanned({ problem, guide, beam, random }, tour, heat);
    if (next === undefined) continue;
    tour = next;
    const worth = worthOf(problem, tour);
    if (worth > best.worth) best = { tour, worth };
  }
  return best.tour;
}

interface Means {
  readonly problem: Problem;
  readonly guide: Guide;
  readonly beam: Beam;
  readonly random: Random;
}

/** The tour with some windows planned again; undefined when that is refused. */
function replanned(means: Means, tour: Tour, heat: number): Tour | undefined {
  const { problem, random, guide, beam } = means;
  const windows = windowsOf(tour, random);
  const outside = without(tour, windows);
  const taken = new Uint8Array(problem.n);
  for (const { job } of outside) taken[job] = 1;
  const left = leftBeside(problem, outside);
  const fillings = windows.map((): Tour => []);
  let gain = 0;
  for (const at of random.next() < 0.5 ? windows.keys() : [...windows.keys()].reverse()) {
    const [from, until] = windows[at] as Window;
    const edges = edgesOf(problem, tour, [from, until]);
    const filling = beam.fill({ ...edges, taken, left }, guide);
    for (const { job } of filling.tour) {
      taken[job] = 1;
      spend(problem, left, job);
    }
    fillings[at] = filling.tour;
    gain += filling.promise - promiseOf(means, tour.slice(from, until), edges);
  }
  return gain < tolerated(heat, random) ? undefined : joined(tour, windows, fillings);
}

/** The tour with the jobs of some accounts exchanged; undefined when that is refused. */
function exchangedOr(
  problem: Problem,
  tour: Tour,
  { random, heat }: { readonly random: Random; readonly heat: number },
): Tour | undefined {
  const next = exchanged(problem, tour, random);
  const gain = worthOf(problem, next) - worthOf(problem, tour);
  return gain < tolerated(heat, random) ? undefined : next;
}

/** The loss that is accepted: the larger, the less often (Metropolis). */
function tolerated(heat: number, random: Random): number {
  return heat > 0 ? heat * Math.log(1 - random.next()) : 0;
}

/** One window, or two apart from each other, in the order of time. */
function windowsOf(tour: Tour, random: Random): readonly Window[] {
  if (random.next() < 0.4) return [windowOf(tour, random, [2, LONGEST])];
  const one = windowOf(tour, random, [1, LONGEST_OF_TWO]);
  const other = windowOf(tour, random, [1, LONGEST_OF_TWO]);
  if (other[0] > one[1]) return [one, other];
  return other[1] < one[0] ? [other, one] : [one];
}

function windowOf(
  tour: Tour,
  random: Random,
  [shortest, longest]: readonly [shortest: number, longest: number],
): Window {
  const length = shortest + random.integer(longest - shortest + 1);
  const first = random.integer(tour.length + 1) - Math.floor(length / 2);
  return [Math.max(0, first), Math.min(tour.length, first + length)];
}

function without(tour: Tour, windows: readonly Window[]): Placed[] {
  return tour.filter((_, at) => !windows.some(([from, until]) => from <= at && at < until));
}

function joined(tour: Tour, windows: readonly Window[], fillings: readonly Tour[]): Tour {
  const result: Placed[] = [];
  let at = 0;
  windows.forEach(([from, until], i) => {
    result.push(...tour.slice(at, from), ...(fillings[i] as Tour));
    at = until;
  });
  result.push(...tour.slice(at));
  return result;
}

/** Between what a window lies. */
interface Edges {
  readonly fromMs: number;
  readonly from: number;
  readonly untilMs: number;
  readonly until: number;
}

function edgesOf(problem: Problem, tour: Tour, [from, until]: Window): Edges {
  const before = tour[from - 1];
  const after = tour[until];
  return {
    fromMs: before ? before.startMs + (problem.blockMs[before.job] as number) : 0,
    from: before?.job ?? -1,
    untilMs: after?.startMs ?? problem.spanMs,
    until: after?.job ?? -1,
  };
}

/** What the jobs of a window are worth, and the idle time after them. */
function promiseOf({ problem, guide }: Means, jobs: Tour, edges: Edges): number {
  const last = jobs.at(-1);
  const endMs = last ? last.startMs + (problem.blockMs[last.job] as number) : edges.fromMs;
  const idle = toGoAt(guide, endMs) - toGoAt(guide, edges.untilMs);
  return worthOf(problem, jobs) + IDLE_SHARE * idle;
}
