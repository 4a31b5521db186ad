import type { PlanInput, PlanSequence } from '../schedule.ts';
import { weightOf } from '../weight.ts';

/** For tests: the most that any plan is worth, and one plan that is worth it. */
export interface BestPlan {
  /** Weight × minutes of observation × merit, summed. */
  readonly value: number;
  /** Start of the observation of each planned sequence, UTC ms. */
  readonly startMs: ReadonlyMap<number, number>;
}

/** Narrows a search: whether a sequence may start its observation at an instant, UTC ms. */
export type StartFilter = (sequence: PlanSequence, startMs: number) => boolean;

/** Best worth by set of sequences and by instant, and the last of the set; −1: it waits. */
interface Table {
  readonly worth: Float64Array;
  readonly last: Int8Array;
}

/** When observations of a sequence may start, whether or not it is too late for some of it. */
interface Starts {
  readonly firstMs: number;
  readonly lastMs: number;
}

/**
 * Tries every set of sequences, in every order, at every start that is a multiple of `stepMs` from
 * the start of the plan: exact when windows, durations, setups and wished starts are such multiples,
 * because the merits are straight between them. For sequences without a target, without slews, at
 * most about a dozen. Independent of the planner, which is judged by it.
 */
export function bestPlan(
  input: PlanInput,
  stepMs: number,
  isAllowed: StartFilter = () => true,
): BestPlan {
  const fromMs = Math.max(input.nowMs, input.night.scienceStartMs, input.running?.endMs ?? 0);
  const steps = Math.max(0, Math.floor((input.night.scienceEndMs - fromMs) / stepMs));
  const instants = Array.from({ length: steps + 1 }, (_, i) => fromMs + i * stepMs);
  const sets = 2 ** input.sequences.length;
  const table = emptyTable(sets * instants.length, instants.length);
  for (let set = 1; set < sets; set++) fill(table, set, { input, instants, stepMs, isAllowed });
  let best = 0;
  for (let set = 1; set < sets; set++) {
    const worth = table.worth[set * instants.length + steps] ?? 0;
    const least = table.worth[best * instants.length + steps] ?? 0;
    if (worth > least && isAffordable(input, set)) best = set;
  }
  const value = table.worth[best * instants.length + steps] ?? 0;
  return { value, startMs: startsOf(table, best, { input, instants, stepMs, isAllowed }) };
}

/** Worth of an observation that starts at an instant, UTC ms; −∞ when it may not. */
export function worthAt(input: PlanInput, sequence: PlanSequence, startMs: number): number {
  const { firstMs, lastMs } = startsIn(input, sequence);
  const soonestMs = Math.max(firstMs, input.nowMs + sequence.setupSeconds * 1000);
  const isPossible = sequence.durationSeconds > 0 && startMs >= soonestMs && startMs <= lastMs;
  if (!isPossible) return Number.NEGATIVE_INFINITY;
  const minutes = sequence.durationSeconds / 60;
  return weightOf(sequence.priority) * minutes * meritAt(sequence, { firstMs, lastMs }, startMs);
}

interface Search {
  readonly input: PlanInput;
  readonly instants: readonly number[];
  readonly stepMs: number;
  readonly isAllowed: StartFilter;
}

function emptyTable(size: number, instants: number): Table {
  const worth = new Float64Array(size).fill(Number.NEGATIVE_INFINITY).fill(0, 0, instants);
  return { worth, last: new Int8Array(size).fill(-1) };
}

/** Best worth of a whole set that is over at each instant: one of it ends then, or before. */
function fill({ worth, last }: Table, set: number, search: Search): void {
  const { input, instants, stepMs, isAllowed } = search;
  const row = set * instants.length;
  for (const [at, endMs] of instants.entries()) {
    if (at > 0) worth[row + at] = worth[row + at - 1] ?? Number.NEGATIVE_INFINITY;
    for (const [index, sequence] of input.sequences.entries()) {
      if ((set & (1 << index)) === 0) continue;
      const before = at - blockMs(sequence) / stepMs;
      const startMs = endMs - sequence.durationSeconds * 1000;
      const rest = worth[(set ^ (1 << index)) * instants.length + before];
      if (!(before >= 0) || rest === undefined || !isAllowed(sequence, startMs)) continue;
      const sum = rest + worthAt(input, sequence, startMs);
      if (sum <= (worth[row + at] ?? 0)) continue;
      worth[row + at] = sum;
      last[row + at] = index;
    }
  }
}

function startsOf({ last }: Table, whole: number, search: Search): Map<number, number> {
  const { input, instants, stepMs } = search;
  const starts = new Map<number, number>();
  let [set, at] = [whole, instants.length - 1];
  while (set > 0 && at >= 0) {
    const index = last[set * instants.length + at] ?? -1;
    const sequence = input.sequences[index];
    if (sequence === undefined) at -= 1;
    else {
      starts.set(sequence.id, (instants[at] ?? 0) - sequence.durationSeconds * 1000);
      at -= blockMs(sequence) / stepMs;
      set ^= 1 << index;
    }
  }
  return starts;
}

function isAffordable({ sequences, quotas }: PlanInput, set: number): boolean {
  const chosen = sequences.filter((_, index) => (set & (1 << index)) !== 0);
  return [...quotas].every(([account, { quotaSeconds, chargedSeconds }]) => {
    const payers = chosen.filter(({ accounts }) => accounts.includes(account));
    const charge = payers.reduce((sum, { chargeSeconds }) => sum + chargeSeconds, 0);
    return charge <= quotaSeconds - chargedSeconds;
  });
}

function startsIn({ night }: PlanInput, sequence: PlanSequence): Starts {
  const openMs = Math.max(night.scienceStartMs, sequence.windowStartMs);
  const closeMs = Math.min(night.scienceEndMs, sequence.windowEndMs);
  return {
    firstMs: openMs + sequence.setupSeconds * 1000,
    lastMs: closeMs - sequence.durationSeconds * 1000,
  };
}

/** From 0.5 to 1: nearness to the wish, or to the first start. */
function meritAt(sequence: PlanSequence, starts: Starts, startMs: number): number {
  const { tPreferedMs, durationSeconds } = sequence;
  const wishMs = tPreferedMs === null ? starts.firstMs : tPreferedMs - (durationSeconds * 1000) / 2;
  // A wish falls off over the duration at least: see merits/preferred-time.ts.
  const least = tPreferedMs === null ? 0 : durationSeconds * 1000;
  const [first, last] = [Math.abs(wishMs - starts.firstMs), Math.abs(wishMs - starts.lastMs)];
  const farthest = Math.max(least, first, last);
  return farthest === 0 ? 1 : 1 - (0.5 * Math.abs(startMs - wishMs)) / farthest;
}

function blockMs({ setupSeconds, durationSeconds }: PlanSequence): number {
  return (setupSeconds + durationSeconds) * 1000;
}
