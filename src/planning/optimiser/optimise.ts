import { seededRandom } from '#platform';
import { Beam } from './beam.ts';
import { type Cells, cellsOf, stepFor, withNearest } from './cells.ts';
import { continued, type Descent, descend, openDual, tighten } from './dual.ts';
import { advanced, filled, repairedAndFilled, simpleBound } from './greedy.ts';
import { type Guide, guideOf } from './guide.ts';
import { leftBeside, type Problem, type Tour, worthOf } from './problem.ts';
import { search } from './search.ts';
import { settle } from './settle.ts';

/** What to optimise, from where, and how hard. */
export interface Task {
  readonly problem: Problem;
  /** What the bound is for, where plans may do more than tours of `problem`; the same jobs. */
  readonly relaxed?: Problem;
  /** The tour of the plan before; empty when there is none. */
  readonly former: Tour;
  readonly boundIterations: number;
  readonly searchRounds: number;
  readonly seed: number;
  /** Step of the cells; chosen when absent. */
  readonly stepMs?: number;
}

export interface Optimum {
  readonly tour: Tour;
  readonly worth: number;
  /** No tour is worth more. */
  readonly bound: number;
}

/** A former tour is kept where nothing is better by this share: plans should not flicker. */
const WORTH_A_CHANGE = 0.005;
/** From this much better on, a search begins with the new plan and not with the former one. */
const WORTH_A_NEW_START = 0.02;
const BEAM = { width: 10, choices: 20, idleShare: 0 };
/** The dual takes its steps as if this share of its bound were the truth: found by trying. */
const REACHABLE = 0.93;
/** Iterations with quotas filled exactly, as a share of those before. */
const TIGHTENING = 1;
/** Cells of this size are good to search through. */
const COARSE_MS = 30_000;
/** With so few candidates fine cells are no burden. */
const FEW_CANDIDATES = 20_000;
/** Iterations over fine cells, as a share of those over coarse ones. */
const PROVING = 0.2;

/** The best tour that the effort finds, and a bound that proves how good it is. */
export function optimise(task: Task): Optimum {
  const { problem, former } = task;
  const quick = advanced(problem, settle(problem, repairedAndFilled(problem, former)));
  const quickWorth = worthOf(problem, quick);
  const crude = simpleBound(task.relaxed ?? problem);
  if (task.boundIterations === 0 || problem.n === 0) {
    return { tour: quick, worth: quickWorth, bound: Math.max(quickWorth, crude) };
  }
  const priced = pricedFrom(task);
  const guide = guideOf(problem, priced.cells, priced.descent.dual);
  const bound = Math.min(crude, priced.bound);
  const found = task.searchRounds > 0 ? searched(task, { guide, quick, bound }) : quick;
  const worth = worthOf(problem, found);
  const isKept = former.length > 0 && worth < quickWorth * (1 + WORTH_A_CHANGE);
  return isKept
    ? { tour: quick, worth: quickWorth, bound: Math.max(bound, quickWorth) }
    : { tour: found, worth, bound: Math.max(bound, worth) };
}

/** The prices that guide a search, over which cells, and the bound that they prove. */
interface Priced {
  readonly descent: Descent;
  readonly cells: Cells;
  readonly bound: number;
}

/**
 * Prices and bound. Blocks of odd lengths need fine cells for a tight bound, too fine to find the
 * prices and to search with: the prices are then found over coarse cells, blocks rounded to the
 * nearest, and only the last steps are made over the fine ones, which prove the bound.
 */
function pricedFrom(task: Task): Priced {
  const problem = task.relaxed ?? task.problem;
  const stepMs = task.stepMs ?? stepFor(problem);
  const fine = cellsOf(problem, stepMs);
  const isFine = stepMs < COARSE_MS && fine.job.length > FEW_CANDIDATES;
  const cells = isFine ? withNearest(cellsOf(problem, COARSE_MS), problem) : fine;
  const descent = openDual(problem, cells);
  const steps = (count: number, of: Descent) => descend(of, count, (bound) => REACHABLE * bound);
  steps(task.boundIterations, descent);
  if (tighten(descent)) steps(TIGHTENING * task.boundIterations, descent);
  if (!isFine) return { descent, cells, bound: descent.dual.bound };
  const proof = continued(descent, fine);
  steps(Math.max(1, PROVING * task.boundIterations), proof);
  return { descent, cells, bound: proof.dual.bound };
}

/** A plan from the prices, or the former one, and what a search makes of it. */
function searched(
  task: Task,
  { guide, quick, bound }: { readonly guide: Guide; readonly quick: Tour; readonly bound: number },
): Tour {
  const { problem } = task;
  const built = filled(problem, beamed(problem, guide));
  const worth = worthOf(problem, quick);
  const margin = task.former.length > 0 ? WORTH_A_NEW_START : 0;
  const start = worthOf(problem, built) > worth * (1 + margin) ? built : quick;
  const random = seededRandom(task.seed);
  const best = search({ problem, guide, start, rounds: task.searchRounds, random, bound });
  const settled = advanced(problem, settle(problem, filled(problem, settle(problem, best))));
  return worthOf(problem, settled) >= worth ? settled : quick;
}

/** The whole time filled at once. */
function beamed(problem: Problem, guide: Guide): Tour {
  const gap = {
    fromMs: 0,
    from: -1,
    untilMs: problem.spanMs,
    until: -1,
    taken: new Uint8Array(problem.n),
    left: leftBeside(problem, []),
  };
  return new Beam(problem, guide, BEAM).fill(gap, guide).tour;
}
