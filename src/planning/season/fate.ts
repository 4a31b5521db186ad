import { hash32, seededRandom } from '#platform';
import type { TroubleModel } from './season.ts';

/** How an attempt turns out when nothing interrupts it. */
export interface Fate {
  /** It fails after this share of its duration; null: it does not. */
  readonly failsAfter: number | null;
  /** It holds the telescope longer by this share of its duration. */
  readonly overrun: number;
}

/**
 * The fate of an attempt depends on the sequence and on how often it was tried, and on nothing else:
 * two settings that are compared meet the same failures.
 */
export function fateOf(
  model: TroubleModel,
  seed: number,
  attempt: { readonly id: number; readonly count: number },
): Fate {
  const random = seededRandom(hash32(`${seed}/fate/${attempt.id}/${attempt.count}`));
  if (random.next() < model.failureShare) return { failsAfter: random.next(), overrun: 0 };
  if (random.next() >= model.overrunShare) return { failsAfter: null, overrun: 0 };
  return { failsAfter: null, overrun: -Math.log(1 - random.next()) * model.overrunMean };
}
