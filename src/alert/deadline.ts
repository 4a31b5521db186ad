import type { Clock } from '#platform';

/** A time-out that can be held while something slow but legitimate happens. */
export class Deadline {
  readonly #clock: Clock;
  readonly #seconds: number;
  readonly #late: () => void;
  #stop: AbortController | null = null;

  /** Calls `late` once `seconds` have passed since {@link restart}, unless held before. */
  constructor(clock: Clock, seconds: number, late: () => void) {
    this.#clock = clock;
    this.#seconds = seconds;
    this.#late = late;
  }

  restart(): void {
    this.hold();
    const stop = new AbortController();
    this.#stop = stop;
    const wait = this.#clock.sleep(this.#clock.allow(this.#seconds), stop.signal);
    wait.then(this.#late, () => undefined);
  }

  hold(): void {
    this.#stop?.abort();
    this.#stop = null;
  }
}
