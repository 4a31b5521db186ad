import type { Clock } from '#platform';

/** Something that falls due again and again. */
export class Pulse {
  isDue = true;
  #end: AbortController | null = null;

  /** True once each time it has fallen due. */
  take(): boolean {
    const { isDue } = this;
    this.isDue = false;
    return isDue;
  }

  /** Lets it fall due after every `seconds`, and rings. */
  start(beat: { clock: Clock; seconds: () => number; ring: () => void }): void {
    this.stop();
    this.#end = new AbortController();
    void this.#tick(beat, this.#end.signal);
  }

  stop(): void {
    this.#end?.abort();
    this.#end = null;
  }

  async #tick(
    { clock, seconds, ring }: { clock: Clock; seconds: () => number; ring: () => void },
    signal: AbortSignal,
  ): Promise<void> {
    try {
      for (;;) {
        await clock.sleep(seconds(), signal);
        this.isDue = true;
        ring();
      }
    } catch {
      // Stopped: it beats no more.
    }
  }
}
