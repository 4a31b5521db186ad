/** What the time of a night goes to. */
export const uses = [
  'observed',
  'overheads',
  'weather',
  'quotas',
  'noTarget',
  'gaps',
  'failures',
  'interrupted',
  'overruns',
] as const;
export type Use = (typeof uses)[number];
export type TimeByUse = Readonly<Record<Use, number>>;

/** What a long idle stretch was for want of: of a target, or of quota for one that was in sight. */
export type Want = 'noTarget' | 'quotas';

/** A shorter idle stretch is what no sequence fits into. */
export const shortGapSeconds = 900;

/** Where every millisecond of a night goes, exactly once. */
export class NightTime {
  readonly #endMs: number;
  readonly #spent: Record<Use, number> = nothing();
  #atMs: number;
  #idleFromMs: number | null = null;
  #want: Want = 'noTarget';

  constructor(startMs: number, endMs: number) {
    this.#atMs = startMs;
    this.#endMs = endMs;
  }

  /** The time until `untilMs` went to this; what lies outside the night does not count. */
  spend(use: Use, untilMs: number): void {
    if (this.#lengthUntil(untilMs) <= 0) return;
    this.#settleIdle();
    this.#spent[use] += this.#advance(untilMs);
  }

  /** Nothing was done until `untilMs`; stretches that follow each other count as one, as the last. */
  idle(untilMs: number, want: Want = 'noTarget'): void {
    if (this.#lengthUntil(untilMs) <= 0) return;
    this.#idleFromMs ??= this.#atMs;
    this.#want = want;
    this.#advance(untilMs);
  }

  /** Milliseconds by use; they add up to the length of the night. */
  close(): TimeByUse {
    this.idle(this.#endMs, this.#want);
    this.#settleIdle();
    return this.#spent;
  }

  #settleIdle(): void {
    if (this.#idleFromMs === null) return;
    const lengthMs = this.#atMs - this.#idleFromMs;
    this.#spent[lengthMs < shortGapSeconds * 1000 ? 'gaps' : this.#want] += lengthMs;
    this.#idleFromMs = null;
  }

  #lengthUntil(untilMs: number): number {
    return Math.min(untilMs, this.#endMs) - this.#atMs;
  }

  #advance(untilMs: number): number {
    const lengthMs = this.#lengthUntil(untilMs);
    this.#atMs += lengthMs;
    return lengthMs;
  }
}

/** No time at all. */
export function nothing(): Record<Use, number> {
  return {
    observed: 0,
    overheads: 0,
    weather: 0,
    quotas: 0,
    noTarget: 0,
    gaps: 0,
    failures: 0,
    interrupted: 0,
    overruns: 0,
  };
}
