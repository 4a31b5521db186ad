import type { ShutterState } from '#devices';
import type { Verdict } from './safety.ts';

/** What the guardian knows at one moment. Null: not known, which is never good. */
export interface GuardInputs {
  readonly verdict: Verdict;
  /** Elevation of the Sun, degrees. */
  readonly sunAltDeg: number;
  /** The dome may be open when the Sun is below this: see `sunRule`. */
  readonly openSunAltDeg: number;
  /** The agent that would close the dome in normal times says that it lives. */
  readonly majordomeAlive: boolean;
  readonly shutter: ShutterState | null;
}

/** What the guardian does: let the dome be open for a while longer, or see to it that it closes. */
export interface GuardDecision {
  readonly permit: boolean;
  readonly close: boolean;
  readonly reason: string;
}

/**
 * The guardian's invariants (design.md §7, hazards I1 to I3):
 * 1. no permit unless every required value is known, fresh and good, the Sun is low and the
 *    Majordome lives;
 * 2. without a permit, a shutter that is not proved closed or closing is told to close;
 * 3. nothing else in the unit can make it do otherwise: it has no input for that.
 */
export function guard(inputs: GuardInputs): GuardDecision {
  const against = objection(inputs);
  if (against === null) return { permit: true, close: false, reason: '' };
  const resting = inputs.shutter === 'closed' || inputs.shutter === 'closing';
  return { permit: false, close: !resting, reason: against };
}

function objection(inputs: GuardInputs): string | null {
  if (!inputs.verdict.safe) return inputs.verdict.reasons.map((one) => one.sentence).join('; ');
  // Written so that a number that is none (NaN) objects too.
  if (!(inputs.sunAltDeg <= inputs.openSunAltDeg)) return 'the Sun is too high';
  if (!inputs.majordomeAlive) return 'the Majordome gives no sign of life';
  return null;
}
