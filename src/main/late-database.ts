import type { Database } from '#db';

/**
 * A database that is opened when it is first needed, and tried again at each need until it opens: for
 * who has to live whether there is one or not.
 */
export class LateDatabase {
  readonly #open: () => Promise<Database>;
  #opening: Promise<Database> | null = null;

  constructor(open: () => Promise<Database>) {
    this.#open = open;
  }

  /** Rejects as the opening does, or as the work. */
  async use<T>(work: (database: Database) => Promise<T>): Promise<T> {
    this.#opening ??= this.#open();
    const opening = this.#opening;
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = null;
    });
    return await work(await opening);
  }

  async close(): Promise<void> {
    const opening = this.#opening;
    await opening?.then(
      (database) => database.close(),
      () => undefined,
    );
  }
}
