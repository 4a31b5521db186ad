/** A bell: rung any number of times before somebody waits, it wakes him once. */
export class Wake {
  #rung = false;
  #waiting: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.();
  }

  /** Resolves at once when the bell was rung since the last wait, otherwise at the next ring. */
  async wait(): Promise<void> {
    while (!this.#rung) await new Promise<void>((resolve) => (this.#waiting = resolve));
    this.#rung = false;
  }

  /**
   * Waits for the bell or for something else, whichever comes first; true when the bell was rung. A
   * ring that comes later is kept for the next wait. Rejects when the other does.
   */
  async waitOr(other: Promise<unknown>): Promise<boolean> {
    if (!this.#rung) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting = resolve;
      try {
        await Promise.race([promise, other]);
      } finally {
        if (this.#waiting === resolve) this.#waiting = null;
      }
    }
    const rung = this.#rung;
    this.#rung = false;
    return rung;
  }
}
