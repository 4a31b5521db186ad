import type { Limit } from '#unit';
import { isBeyond } from './fusion.ts';
import type { Reading } from './sensor-state.ts';

/** What is remembered of one limit from one reading to the next. */
export interface QuantityState {
  /** `bad` also while the dwell after a bad spell runs, and while it is held until noon. */
  readonly verdict: 'good' | 'bad' | 'unknown';
  /** Since when it is not good; null while it is. */
  readonly unsafeMono: number | null;
  /** Since when readings are beyond the limit without a break; null while they are not. */
  readonly beyondMono: number | null;
  /** Since when readings are on the good side without a break; null while they are not. */
  readonly withinMono: number | null;
  /** In the unit of the limit. */
  readonly value: number | null;
  readonly sensor: string | null;
  readonly atMono: number | null;
  /** Once good, becoming good again is a reopening. */
  readonly wasGood: boolean;
  readonly reopenings: readonly { readonly atMono: number }[];
  /** Flapped too often: bad until then, UTC ms. */
  readonly heldUntilMs: number | null;
}

const NEVER_SEEN: QuantityState = {
  verdict: 'unknown',
  unsafeMono: null,
  beyondMono: null,
  withinMono: null,
  value: null,
  sensor: null,
  atMono: null,
  wasGood: false,
  reopenings: [],
  heldUntilMs: null,
};

/** The moment of a reading, and how far back is too long ago. */
export interface Step {
  readonly atMono: number;
  readonly nowMs: number;
  readonly maxAgeMs: number;
  /** When a quantity that flaps is free again; null: this watcher holds none. */
  readonly nextNoonMs: number | null;
}

/** A limit's key in memories: a quantity may have one on each side. */
export function limitKey({ quantity, bad }: Pick<Limit, 'quantity' | 'bad'>): string {
  return `${quantity} ${bad}`;
}

/** Takes in one reading, or that there is none. Last seen too long ago, it starts anew. */
export function nextQuantity(
  before: QuantityState = NEVER_SEEN,
  { reading, step }: { reading: Reading | null; step: Step },
  limit: Limit,
): QuantityState {
  const seenMono = reading?.atMono ?? step.atMono;
  const isBroken = seenMono - (before.atMono ?? seenMono) > step.maxAgeMs;
  const last: QuantityState = isBroken
    ? { ...before, verdict: 'unknown', beyondMono: null, withinMono: null }
    : before;
  const next = reading ? judged(last, { reading, step }, limit) : lost(last);
  return counted(before, { ...next, ...unsafeSince(last, next, step) }, { limit, step });
}

function lost(last: QuantityState): QuantityState {
  return {
    ...last,
    verdict: 'unknown',
    beyondMono: null,
    withinMono: null,
    value: null,
    sensor: null,
  };
}

function unsafeSince(last: QuantityState, next: QuantityState, { atMono }: Step) {
  return { unsafeMono: next.verdict === 'good' ? null : (last.unsafeMono ?? atMono) };
}

/** Between the limit and where it reopens, neither side's clock runs. */
function judged(
  last: QuantityState,
  { reading, step }: { reading: Reading; step: Step },
  limit: Limit,
): QuantityState {
  const isBad = isBeyond(limit, reading.value);
  const isWithin = !isBeyond({ ...limit, limit: limit.reopen ?? limit.limit }, reading.value);
  const beyondMono = isBad ? (last.beyondMono ?? step.atMono) : null;
  const withinMono = isWithin ? (last.withinMono ?? step.atMono) : null;
  const verdict = verdictNow({ ...last, beyondMono, withinMono }, limit, step);
  return { ...last, ...reading, verdict, beyondMono, withinMono };
}

/** Bad after the bad delay, good again only after the dwell; at first it must dwell too. */
function verdictNow(
  { verdict, beyondMono, withinMono, heldUntilMs }: QuantityState,
  limit: Limit,
  { atMono, nowMs }: Step,
): QuantityState['verdict'] {
  if (heldUntilMs !== null && nowMs < heldUntilMs) return 'bad';
  if (beyondMono !== null) {
    const isBorne = verdict === 'good' && atMono - beyondMono < limit.badDelaySeconds * 1000;
    return isBorne ? 'good' : 'bad';
  }
  if (verdict === 'good') return 'good';
  const dwelt = withinMono !== null && atMono - withinMono >= limit.goodDelaySeconds * 1000;
  return dwelt ? 'good' : 'bad';
}

/** Counts reopenings; one bad spell too many lasts until noon (hazards F9, E10). */
function counted(
  before: QuantityState,
  next: QuantityState,
  { limit, step }: { limit: Limit; step: Step },
): QuantityState {
  const spanMs = limit.reopeningHours * 3_600_000;
  const recent = next.reopenings.filter((one) => step.atMono - one.atMono < spanMs);
  const isOver = next.heldUntilMs !== null && step.nowMs >= next.heldUntilMs;
  const heldUntilMs = isOver ? null : next.heldUntilMs;
  if (next.verdict === 'good') {
    const isReopening = before.verdict !== 'good' && before.wasGood;
    const reopenings = isReopening ? [...recent, { atMono: step.atMono }] : recent;
    return { ...next, wasGood: true, reopenings, heldUntilMs };
  }
  const closes = before.verdict === 'good';
  const isTooMany = recent.length >= (limit.mostReopenings ?? Number.POSITIVE_INFINITY);
  const isHeld = closes && isTooMany && step.nextNoonMs !== null;
  return { ...next, reopenings: recent, heldUntilMs: isHeld ? step.nextNoonMs : heldUntilMs };
}

/** A person lets it go: what it did before noon is forgotten, the dwell still holds. */
export function released(state: QuantityState): QuantityState {
  return { ...state, reopenings: [], heldUntilMs: null };
}
