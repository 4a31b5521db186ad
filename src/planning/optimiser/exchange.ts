import type { Random } from '#platform';
import { bestPlace, boundsOf, withJob } from './insertion.ts';
import { isAffordable, leftBeside, type Problem, spend, type Tour } from './problem.ts';

/** Jobs of a chosen account that stay in the tour, as a share. */
const STAY = 0.25;
/** How much chance decides about the order in which jobs are put back. */
const NOISE = 0.8;

/**
 * Takes most jobs of one or two accounts out of a tour, wherever they lie, and fills it again in an
 * order that chance has a part in. Where quotas bind, what matters is which jobs of an account are
 * chosen, and those lie all over the night: no window holds them.
 */
export function exchanged(problem: Problem, tour: Tour, random: Random): Tour {
  const chosen = new Set([accountOf(problem, random), accountOf(problem, random)]);
  const isChosen = (job: number): boolean =>
    (problem.accounts[job] as readonly number[]).some((account) => chosen.has(account));
  let result: Tour = tour.filter(({ job }) => !isChosen(job) || random.next() < STAY);
  const present = new Uint8Array(problem.n);
  for (const { job } of result) present[job] = 1;
  const left = leftBeside(problem, result);
  let bounds = boundsOf(problem, result);
  for (const job of shuffled(problem, isChosen, random)) {
    if (present[job] === 1 || !isAffordable(problem, left, job)) continue;
    const place = bestPlace(problem, result, { job, bounds });
    if (place === undefined) continue;
    result = withJob(problem, result, { job, ...place });
    bounds = boundsOf(problem, result);
    spend(problem, left, job);
  }
  return result;
}

function accountOf({ left }: Problem, random: Random): number {
  return random.integer(left.length);
}

/** The jobs of the chosen accounts, by a density that chance has changed. */
function shuffled(
  problem: Problem,
  isChosen: (job: number) => boolean,
  random: Random,
): readonly number[] {
  const scored: { job: number; score: number }[] = [];
  for (let job = 0; job < problem.n; job++) {
    if (!isChosen(job)) continue;
    const density = (problem.gain[job] as number) / (problem.blockMs[job] as number);
    scored.push({ job, score: density * (1 + NOISE * (random.next() - 0.5)) });
  }
  return scored.sort((a, b) => b.score - a.score || a.job - b.job).map(({ job }) => job);
}
