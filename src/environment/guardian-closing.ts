/** A closing under way, or done and kept. Monotonic ms. */
export interface Closing {
  /** Since when the dome is to be closed. */
  readonly wantedMs: number;
  /** Since when it is not proved closed; null while it is. */
  readonly openSinceMs: number | null;
  /** When the slit was last sent to its mark. */
  readonly homedMs: number | null;
  /** How often the alarm was told, and when last. */
  readonly told: number;
  readonly toldMs: number;
}

/** What there is to be done beside the order to close. */
export interface ClosingStep {
  readonly closing: Closing | null;
  /** Try the other way: send the slit to its mark, which cures bad contacts (hazard F12). */
  readonly home: boolean;
  /** Tell the alarm for the nth time; 0: not now. */
  readonly alarm: number;
  /** The alarm that was told stands no more. */
  readonly cleared: boolean;
}

export interface ClosingLook {
  /** The dome is to be closed. */
  readonly wanted: boolean;
  readonly proved: boolean;
  /** Monotonic, ms. */
  readonly nowMs: number;
  /** A closing that is not proved after this has failed, seconds. */
  readonly patienceSeconds: number;
  /** What the slit needs to find its mark, seconds. */
  readonly homeSeconds: number;
}

/** A dome that does not close is told of again after this, seconds. */
const ALARM_SECONDS = 60;

/** The next step of a closing that is insisted on until it is proved. */
export function closingStep(closing: Closing | null, look: ClosingLook): ClosingStep {
  if (!look.wanted) return over(null, closing);
  const known = closing ?? begun(look.nowMs);
  if (look.proved) return over({ ...known, openSinceMs: null, homedMs: null, told: 0 }, closing);
  const openSinceMs = known.openSinceMs ?? look.nowMs;
  const isLate = look.nowMs - openSinceMs >= look.patienceSeconds * 1000;
  const home = isLate && isHomeDue(known, look);
  const isToTell =
    isLate && (known.told === 0 || look.nowMs - known.toldMs >= ALARM_SECONDS * 1000);
  const next = {
    ...known,
    openSinceMs,
    homedMs: home ? look.nowMs : known.homedMs,
    told: known.told + (isToTell ? 1 : 0),
    toldMs: isToTell ? look.nowMs : known.toldMs,
  };
  return { closing: next, home, alarm: isToTell ? next.told : 0, cleared: false };
}

function begun(nowMs: number): Closing {
  return { wantedMs: nowMs, openSinceMs: nowMs, homedMs: null, told: 0, toldMs: nowMs };
}

function over(closing: Closing | null, before: Closing | null): ClosingStep {
  return { closing, home: false, alarm: 0, cleared: (before?.told ?? 0) > 0 };
}

/** A shutter gets a whole closing's time after each homing. */
function isHomeDue({ homedMs }: Closing, look: ClosingLook): boolean {
  if (homedMs === null) return true;
  return look.nowMs - homedMs >= (look.patienceSeconds + look.homeSeconds) * 1000;
}

/**
 * Proved closed, and wanted so for as long as a closing takes: until then it is ordered whatever the
 * switches say, for an order costs nothing and a switch may be stuck.
 */
export function isAtRest(
  closing: Closing | null,
  look: Pick<ClosingLook, 'nowMs' | 'patienceSeconds' | 'proved'>,
): boolean {
  if (!closing || !look.proved) return false;
  return look.nowMs - closing.wantedMs >= look.patienceSeconds * 1000;
}
