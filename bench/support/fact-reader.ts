import { type Fact, factsAfter } from '#agent';
import type { Database } from '#db';

/** Follows the facts of a running unit. */
export class FactReader {
  readonly #database: Database;
  readonly #facts: Fact[] = [];

  constructor(database: Database) {
    this.#database = database;
  }

  /** Every fact read so far, oldest first. */
  get facts(): readonly Fact[] {
    return this.#facts;
  }

  /** Number of the last fact that was read; 0 before the first. */
  get lastId(): number {
    return this.#facts.at(-1)?.id ?? 0;
  }

  async read(): Promise<void> {
    for (;;) {
      const more = await factsAfter(this.#database, this.lastId);
      this.#facts.push(...more);
      if (more.length === 0) return;
    }
  }

  /** Waits for a fact numbered above `afterId`; rejects after `seconds`, or when aborted. */
  async until(
    wish: (fact: Fact) => boolean,
    options: { afterId: number; seconds: number; what: string; signal: AbortSignal },
  ): Promise<Fact> {
    const { afterId, seconds, what, signal } = options;
    const deadline = performance.now() + seconds * 1000;
    for (;;) {
      const changed = this.#nextChange(Math.min(500, deadline - performance.now()));
      await this.read();
      const found = this.#facts.find((fact) => fact.id > afterId && wish(fact));
      if (found) return found;
      signal.throwIfAborted();
      if (performance.now() > deadline) throw new Error(`never came: ${what}`);
      await changed;
    }
  }

  /** Listened to before reading, so that no change falls in between. */
  #nextChange(mostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        stop();
        clearTimeout(timer);
        resolve();
      };
      const stop = this.#database.onChange(done);
      const timer = setTimeout(done, Math.max(0, mostMs));
    });
  }
}
