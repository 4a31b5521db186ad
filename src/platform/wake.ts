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
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
    this.#rung = false;
  }
}
