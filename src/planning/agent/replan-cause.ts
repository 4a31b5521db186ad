import type { Fact, FactType } from '#agent';
import { parseIso } from '#platform';

/** Facts after which the plan may no longer be the best one, the most important first. */
const CAUSES = [
  'RequestSubmitted',
  'TargetMoved',
  'AlertRetracted',
  'NightStarted',
  'ModeChanged',
  'SequenceRefused',
  'SequenceRequeued',
  'SequenceEnded',
  'ConditionsChanged',
] as const satisfies readonly FactType[];

type CauseType = (typeof CAUSES)[number];
type CauseFact = Extract<Fact, { type: CauseType }>;

export const causeTypes: readonly FactType[] = CAUSES;

/** An opening so long after the start of the dark is late, milliseconds. */
const LATE_MS = 60_000;

/**
 * Why to plan again after a burst of facts: the most important of them, in words; null when the plan
 * still holds. `darkStartMs`: since when the sky has been dark enough, null on a night that never is.
 */
export function causeOf(facts: readonly Fact[], darkStartMs: number | null): string | null {
  const causes = facts.filter(isCause);
  const [most] = causes.toSorted((a, b) => rankOf(a) - rankOf(b));
  return most ? textOf(most, darkStartMs) : null;
}

function isCause(fact: Fact): fact is CauseFact {
  if (fact.type === 'ModeChanged') {
    return fact.payload.to === 'SCHED_READY' || fact.payload.from === 'SCHED_READY';
  }
  return causeTypes.includes(fact.type);
}

/** A routine request can wait for all others, an alert for none. */
function rankOf(fact: CauseFact): number {
  if (fact.type === 'RequestSubmitted' && !fact.payload.isAlert) return CAUSES.length;
  return CAUSES.indexOf(fact.type);
}

function textOf(fact: CauseFact, darkStartMs: number | null): string {
  switch (fact.type) {
    case 'RequestSubmitted':
      return fact.payload.isAlert
        ? `the alert "${fact.payload.name}" came in`
        : `the request "${fact.payload.name}" came in`;
    case 'TargetMoved':
      return `the target of "${fact.payload.name}" moved`;
    case 'AlertRetracted':
      return `the alert ${fact.payload.trigger} was retracted`;
    case 'NightStarted':
      return 'the night begins';
    case 'ModeChanged':
      return modeText(fact, darkStartMs);
    case 'SequenceRefused':
      return `"${fact.payload.name}" could not begin`;
    case 'SequenceRequeued':
      return `"${fact.payload.name}" has to be planned again`;
    case 'SequenceEnded':
      return `"${fact.payload.name}" ended: ${fact.payload.outcome}`;
    case 'ConditionsChanged':
      return 'the conditions changed';
  }
}

function modeText(fact: Extract<Fact, { type: 'ModeChanged' }>, darkStartMs: number | null) {
  if (fact.payload.to !== 'SCHED_READY') return `the observatory closes: ${fact.payload.reason}`;
  const lostMs = darkStartMs === null ? 0 : parseIso(fact.at) - darkStartMs;
  if (lostMs < LATE_MS) return 'the observatory is ready';
  return `the observatory is ready, ${Math.round(lostMs / 60_000)} min into the dark`;
}
