/** What a plan is worth: the same measure for value and bound (weight × minutes × merit). */
export interface PlanWorth {
  readonly value: number;
  readonly bound: number;
  readonly gap: number;
}

/**
 * The worth of a plan in words, never flattering: the share is rounded down. Empty when no bound
 * was proven, or when there was nothing to plan.
 */
export function worthSentence({ bound, gap }: PlanWorth): string {
  if (!(bound > 0) || !(gap >= 0 && gap <= 1)) return '';
  if (gap === 0) return 'No better plan is possible.';
  // A share such as 0.964 must not fall to 96.3 for want of its last bit.
  const tenths = Math.floor((1 - gap) * 1000 + 1e-9);
  return `This plan is worth at least ${(tenths / 10).toFixed(1)} % of the best possible one.`;
}
