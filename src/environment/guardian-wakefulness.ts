import type { Clock } from '#platform';

/** What befell the guardian, or its clock, since it last looked at the time. */
export interface Interruption {
  /** It did not come to its turn for so long, seconds; 0 when it did. */
  readonly heldUpSeconds: number;
  /** The wall clock was set by so much, seconds, positive: forward; 0 when it was not. */
  readonly jumpSeconds: number;
}

/** A turn that comes later than this is no turn, seconds. */
const HELD_UP_SECONDS = 3;
/** A wall clock that leaves the monotonic one by more was set, seconds. */
const JUMP_SECONDS = 1;

/**
 * Knows since when the guardian has been awake without a break: a process that was stopped, or whose
 * event loop was blocked (hazard F36), finds old answers waiting that look new.
 */
export class GuardianWakefulness {
  readonly #clock: Clock;
  readonly #turnSeconds: () => number;
  #turnMs: number;
  #offsetMs: number;
  #awakeSinceMs: number;

  /** `turnSeconds`: how often `turn` is called when nothing is wrong. */
  constructor(clock: Clock, turnSeconds: () => number) {
    this.#clock = clock;
    this.#turnSeconds = turnSeconds;
    this.#turnMs = clock.monotonic();
    this.#offsetMs = clock.now() - this.#turnMs;
    this.#awakeSinceMs = this.#turnMs;
  }

  /** Monotonic, ms: what was asked before may be old. */
  get awakeSinceMs(): number {
    return this.#awakeSinceMs;
  }

  /** To be called at each turn, and before each decision; null when nothing happened. */
  turn(): Interruption | null {
    const nowMs = this.#clock.monotonic();
    const lateSeconds = (nowMs - this.#turnMs) / 1000 - this.#turnSeconds();
    const offsetMs = this.#clock.now() - nowMs;
    const jumpSeconds = (offsetMs - this.#offsetMs) / 1000;
    const isHeldUp = lateSeconds > this.#clock.allow(HELD_UP_SECONDS);
    const isSet = Math.abs(jumpSeconds) > this.#clock.allow(JUMP_SECONDS);
    this.#turnMs = nowMs;
    // A clock that is slowly corrected is followed; a jump is told once.
    this.#offsetMs = offsetMs;
    if (!isHeldUp && !isSet) return null;
    this.#awakeSinceMs = nowMs;
    return { heldUpSeconds: isHeldUp ? lateSeconds : 0, jumpSeconds: isSet ? jumpSeconds : 0 };
  }
}
