import type { Verdict } from './safety.ts';
import { freezes } from './site-causes.ts';

/** Whether a roof must wait for the telescope: see `guardian-roof.ts`. Most never do. */
export type RoofWay = 'free' | 'parking' | 'held';

/** What the guardian knows at one moment. */
export interface GuardInputs {
  readonly verdict: Verdict;
  /** Elevation of the Sun, degrees. */
  readonly sunAltDeg: number;
  /** The dome may be open when the Sun is below this: see `sunRule`. */
  readonly openSunAltDeg: number;
  /** Agents without which the dome may not be open, and that give no sign of life. */
  readonly absent: readonly string[];
  /** What a local lock says, or that nobody knows; null: there is none. */
  readonly lock: string | null;
  /** It has looked at the PLC since it was last held up itself, or a clock was set. */
  readonly isAwake: boolean;
  /** The shutter was seen closed for as long as a closing takes: nothing is left to be done. */
  readonly isAtRest: boolean;
  readonly roof: RoofWay;
}

/**
 * What the guardian does. `permit`: lets the dome be open for a while longer. `wait`: neither renews
 * the permit nor closes, until it has looked again; the permit runs out meanwhile. `close`: takes the
 * permit back and orders to close. `rest`: no permit, and nothing to order. `park`: the roof waits for
 * the telescope.
 */
export type GuardAction = 'permit' | 'wait' | 'close' | 'rest' | 'park';

export interface GuardDecision {
  readonly action: GuardAction;
  readonly reason: string;
  /** Nothing but the shutter may move: see `freezes`. Absent: all may. */
  readonly isFrozen?: boolean;
}

/** The guardian's decision, of these inputs alone (docs/safety.md, G1 to G4). */
export function guard(inputs: GuardInputs): GuardDecision {
  const against = objection(inputs);
  if (against !== null) return { action: ending(inputs), reason: against, ...frozen(inputs) };
  if (inputs.isAwake) return { action: 'permit', reason: '' };
  return { action: 'wait', reason: 'the guardian was held up, and looks again first' };
}

function frozen({ verdict }: GuardInputs): Pick<GuardDecision, 'isFrozen'> {
  return verdict.raw.causes.some(freezes) ? { isFrozen: true } : {};
}

function objection({ verdict, absent, lock, ...inputs }: GuardInputs): string | null {
  if (!verdict.safe) return verdict.reasons.map((one) => one.sentence).join('; ') || 'not safe';
  // Written so that a number that is none (NaN) objects too.
  if (!(inputs.sunAltDeg <= inputs.openSunAltDeg)) return 'the Sun is too high';
  if (absent.length > 0) return `no sign of life of ${absent.join(', ')}`;
  return lock;
}

function ending({ isAtRest, roof }: GuardInputs): GuardAction {
  if (isAtRest) return 'rest';
  return roof === 'free' ? 'close' : 'park';
}
