import type { Clock, Logger } from '#platform';
import { sentenceOf, Wake } from '#platform';

/** The shortest pause between two messages, real seconds. */
const PAUSE_REAL_SECONDS = 0.3;

/**
 * The live feed of the page: made at most a few times a second, once for all who watch, and not at
 * all while nobody does.
 */
export class LiveFeed {
  readonly #make: () => Promise<string>;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #watchers = new Set<(json: string) => void>();
  readonly #wake = new Wake();
  readonly #stop = new AbortController();
  #making: Promise<string> | null = null;

  constructor(parts: { make: () => Promise<string>; clock: Clock; log: Logger }) {
    this.#make = parts.make;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  /** The page as it is now; those who ask while it is being made share it. */
  async latest(): Promise<string> {
    this.#making ??= this.#make().finally(() => {
      this.#making = null;
    });
    return await this.#making;
  }

  /** Sends the page at once and at each change; returns how to stop. */
  subscribe(watcher: (json: string) => void): () => void {
    this.#watchers.add(watcher);
    this.#wake.ring();
    return () => this.#watchers.delete(watcher);
  }

  /** Something changed: those who watch will see it. */
  changed(): void {
    if (this.#watchers.size > 0) this.#wake.ring();
  }

  stop(): void {
    this.#stop.abort();
    this.#wake.ring();
  }

  /** Lives until stopped. */
  async run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#wake.wait();
      await this.#broadcast().catch((error) => this.#log.warn(sentenceOf(error)));
      const pause = this.#clock.period(0, PAUSE_REAL_SECONDS);
      await this.#clock.sleep(pause, this.#stop.signal).catch(() => undefined);
    }
  }

  async #broadcast(): Promise<void> {
    if (this.#watchers.size === 0) return;
    // What is being made may have begun before the change that rang.
    await this.#making?.catch(() => undefined);
    const json = await this.latest();
    for (const watcher of this.#watchers) watcher(json);
  }
}
