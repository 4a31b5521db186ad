/** Real milliseconds: longer than a database may be locked, or a computer suspended between words. */
const PATIENCE_MS = 60_000;

/** What is needed of an agent's word. */
interface Word {
  readonly name: string;
  readonly pid: number;
  readonly atMs: number;
  readonly iteration: number;
  readonly status: string;
}

/**
 * Finds agents whose process lives but that say nothing new. Only who has spoken in this life can fall
 * silent: a long start is none.
 */
export class SilentWards {
  readonly #heard = new Map<string, { word: string; sinceMs: number }>();

  /**
   * Takes in the latest words; gives the names that have been silent for too long. `pids` are the
   * living processes by name, `nowMs` is real time that never runs backwards.
   */
  hear(
    words: readonly Word[],
    pids: ReadonlyMap<string, number>,
    nowMs: number,
  ): readonly string[] {
    const hanging: string[] = [];
    for (const { name, pid, atMs, iteration, status } of words) {
      if (pids.get(name) !== pid) {
        this.#heard.delete(name);
        continue;
      }
      const word = `${pid} ${atMs} ${iteration} ${status}`;
      const before = this.#heard.get(name);
      if (before?.word !== word) this.#heard.set(name, { word, sinceMs: nowMs });
      else if (nowMs - before.sinceMs > PATIENCE_MS) hanging.push(name);
    }
    for (const name of hanging) this.#heard.delete(name);
    return hanging;
  }

  /** Nothing could be heard: all begin anew. */
  forget(): void {
    this.#heard.clear();
  }
}
