/** Why the observatory is not safe: `key` for programs, `sentence` for people. */
export interface UnsafeReason {
  readonly key: string;
  readonly sentence: string;
}

/** A reason with its kind and its times, UTC ms. */
export interface Cause extends UnsafeReason {
  readonly kind: 'weather' | 'site' | 'hardware' | 'clock';
  readonly sinceMs: number;
  /** It cannot end before; null: nobody can tell. */
  readonly earliestEndMs: number | null;
}

/** A moment by our clock and by our watch. */
export interface Moment {
  readonly nowMs: number;
  readonly atMono: number;
  /** What the computer itself may need, seconds: added to every greatest age. */
  readonly slackSeconds: number;
}

/** A reading of the monotonic clock as an instant of ours, UTC ms. */
export function instantOf({ nowMs, atMono }: Moment, mono: number): number {
  return Math.round(nowMs - (atMono - mono));
}
