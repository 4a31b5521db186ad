import type { PlanInput } from '../schedule.ts';
import { bestPlan, worthAt } from './best-plan.ts';
import { type GuideSchedule, unitMs } from './guide-case.ts';

/** Wishes in the middle of an odd duration begin between two units. */
const stepMs = unitMs / 2;

/** For tests: what the slots of an expected schedule are worth; what runs is worth nothing more. */
export function worthOf(input: PlanInput, { planned }: GuideSchedule): number {
  return input.sequences.reduce((sum, sequence) => {
    const slot = planned[String(sequence.id)];
    return slot === undefined ? sum : sum + worthAt(input, sequence, slot.tsp * unitMs);
  }, 0);
}

/** For tests: the most that any plan is worth. */
export function bestWorth(input: PlanInput): number {
  return bestPlan(input, stepMs).value;
}

/**
 * For tests: the most that a plan is worth that differs from every one of the expected schedules, by
 * another start or by leaving a sequence out; −1 when they plan nothing.
 */
export function bestRivalWorth(input: PlanInput, answers: readonly GuideSchedule[]): number {
  const asked = new Set(input.sequences.map(({ id }) => String(id)));
  const slots = answers.map(({ planned }) =>
    Object.entries(planned).filter(([id]) => asked.has(id)),
  );
  const worths = choices(slots).map((barred) => {
    const isBarred = (id: number, startMs: number): boolean =>
      barred.some(([of, { tsp }]) => of === String(id) && tsp * unitMs === startMs);
    return bestPlan(input, stepMs, ({ id }, startMs) => !isBarred(id, startMs)).value;
  });
  return Math.max(-1, ...worths);
}

/** Every way to take one item of each list. */
function choices<Item>(lists: readonly (readonly Item[])[]): Item[][] {
  return lists.reduce<Item[][]>(
    (soFar, list) => soFar.flatMap((taken) => list.map((item) => [...taken, item])),
    [[]],
  );
}
