interface Asked<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does together what is asked one by one: whatever is asked while a batch is under way makes up the
 * next. An only one is begun at once.
 */
export class Batch<Item, Result> {
  readonly #most: number;
  readonly #work: (items: readonly Item[]) => Promise<readonly Result[]>;
  readonly #asked: Asked<Item, Result>[] = [];
  #isAtWork = false;

  /** `work` gives one result for each item, in their order; `most`: the size of a batch. */
  constructor(most: number, work: (items: readonly Item[]) => Promise<readonly Result[]>) {
    this.#most = most;
    this.#work = work;
  }

  /** Resolves with this item's result; when the batch fails, each of its items fails with its error. */
  async do(item: Item): Promise<Result> {
    const { promise, ...ends } = Promise.withResolvers<Result>();
    this.#asked.push({ item, ...ends });
    if (!this.#isAtWork) void this.#run();
    return await promise;
  }

  async #run(): Promise<void> {
    this.#isAtWork = true;
    // Those who ask at the same moment come along.
    await Promise.resolve();
    while (this.#asked.length > 0) await this.#doTogether(this.#asked.splice(0, this.#most));
    this.#isAtWork = false;
  }

  async #doTogether(asked: readonly Asked<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#work(asked.map((one) => one.item));
      for (const [i, one] of asked.entries()) one.resolve(results[i] as Result);
    } catch (error) {
      for (const one of asked) one.reject(error);
    }
  }
}
