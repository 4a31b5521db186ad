import type { Clock } from '#platform';

/**
 * Measures for how long somebody has said nothing new, by the watch of the one who listens: the clocks
 * of two computers differ, and any clock may be set.
 */
export class SilenceWatch {
  readonly #clock: Clock;
  readonly #lookSeconds: number;
  #word: string | null = null;
  #silentMs = 0;
  #lookedMs = 0;

  /** `lookSeconds`: the pause between two looks. */
  constructor(clock: Clock, lookSeconds: number) {
    this.#clock = clock;
    this.#lookSeconds = lookSeconds;
  }

  /**
   * For how long this has been the last word, seconds. Of the time since the last look no more counts
   * than two pauses: whatever kept us from looking (this computer asleep, the database away) may have
   * kept the other from speaking.
   */
  silentSeconds(word: string): number {
    const nowMs = this.#clock.monotonic();
    const mostMs = 2000 * this.#clock.period(this.#lookSeconds);
    const passedMs = Math.min(nowMs - this.#lookedMs, mostMs);
    this.#silentMs = word === this.#word ? this.#silentMs + passedMs : 0;
    this.#word = word;
    this.#lookedMs = nowMs;
    return this.#silentMs / 1000;
  }

  /** Silence counts from the next look. */
  forget(): void {
    this.#word = null;
  }
}
