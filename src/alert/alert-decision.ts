import { applyNotice, type Burst } from './burst.ts';
import type { Notice } from './notice.ts';
import type { StrategyObs } from './strategy.ts';
import { matchStrategies, type StrategyRequest } from './strategy-match.ts';

/** A notice as the alert agent meets it. */
export interface AlertCase {
  readonly notice: Notice;
  /** The burst that it is about, when one is known. */
  readonly known: Burst | null;
  readonly strategies: readonly StrategyObs[];
  /** UTC milliseconds. */
  readonly now: number;
}

/**
 * What to do about a notice. `submit`: observe; `move`: point what is requested at the better place;
 * `retract`: cancel what is requested; `record`: keep the notice, and the burst when there is one.
 */
export type AlertDecision =
  | {
      readonly action: 'submit';
      readonly burst: Burst;
      readonly requests: readonly StrategyRequest[];
    }
  | { readonly action: 'move'; readonly burst: Burst }
  | { readonly action: 'retract'; readonly burst: Burst; readonly reason: string }
  | { readonly action: 'record'; readonly burst: Burst | null; readonly reason: string };

/** One notice, one decision. A burst first too vague to observe is requested once a better place comes. */
export function decideAlert({ notice, known, strategies, now }: AlertCase): AlertDecision {
  const change = applyNotice(known, notice);
  switch (change.change) {
    case 'none':
      return { action: 'record', burst: known, reason: change.reason };
    case 'kept':
      return { action: 'record', burst: change.burst, reason: change.reason };
    case 'retracted':
      return { action: 'retract', burst: change.burst, reason: change.reason };
    default:
      if (change.burst.requested) return { action: 'move', burst: change.burst };
  }
  // Expiry counts from the burst, which a follow-up's own time tag may not be.
  const timed = { ...notice, eventMs: change.burst.eventMs, name: change.burst.name };
  const match = matchStrategies(timed, strategies, now);
  if ('ignored' in match) return { action: 'record', burst: change.burst, reason: match.ignored };
  const burst = { ...change.burst, requested: true };
  return { action: 'submit', burst, requests: match.matched };
}
