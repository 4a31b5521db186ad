/**
 * The partial plans of a beam search, in typed arrays: a label is the end of a chain of jobs. Labels
 * live as long as one filling; `clear` forgets them all at once, so that nothing is left to collect.
 */
export class Labels {
  size = 0;
  endMs = new Float64Array(1024);
  startMs = new Float64Array(1024);
  /** Worth of the jobs of the chain, and the same less their tolls. */
  worth = new Float64Array(1024);
  earned = new Float64Array(1024);
  job = new Int32Array(1024);
  parent = new Int32Array(1024);
  /** Bits of the jobs of the chain, by their numbers on the shortlist. */
  used = new Uint32Array(1024);
  spent = new Float64Array(1024);
  #words = 1;
  #accounts = 0;

  /** Begins anew: `jobs` on the shortlist, `accounts` that pay. */
  clear(jobs: number, accounts: number): void {
    this.size = 0;
    this.#words = Math.max(1, (jobs + 31) >> 5);
    this.#accounts = accounts;
    this.#reserve(1);
  }

  /** The first label: no job yet. */
  root(endMs: number, job: number): number {
    this.endMs[0] = endMs;
    this.startMs[0] = -1;
    this.worth[0] = 0;
    this.earned[0] = 0;
    this.job[0] = job;
    this.parent[0] = -1;
    this.used.fill(0, 0, this.#words);
    this.spent.fill(0, 0, this.#accounts);
    this.size = 1;
    return 0;
  }

  /** A copy of a label that has waited; its chain is the same. */
  waited(from: number, endMs: number): number {
    const label = this.#copy(from);
    this.endMs[label] = endMs;
    this.startMs[label] = this.startMs[from] as number;
    this.worth[label] = this.worth[from] as number;
    this.earned[label] = this.earned[from] as number;
    this.job[label] = this.job[from] as number;
    this.parent[label] = this.parent[from] as number;
    return label;
  }

  /** A label that is longer by one job; the caller fills in its numbers. */
  longer(from: number, local: number): number {
    const label = this.#copy(from);
    this.parent[label] = from;
    const word = label * this.#words + (local >> 5);
    this.used[word] = (this.used[word] as number) | (1 << (local & 31));
    return label;
  }

  has(label: number, local: number): boolean {
    return (((this.used[label * this.#words + (local >> 5)] as number) >>> (local & 31)) & 1) === 1;
  }

  spentBy(label: number, account: number): number {
    return this.spent[label * this.#accounts + account] as number;
  }

  spend(label: number, account: number, charge: number): void {
    const at = label * this.#accounts + account;
    this.spent[at] = (this.spent[at] as number) + charge;
  }

  #copy(from: number): number {
    const label = this.size++;
    this.#reserve(this.size);
    const words = this.#words;
    this.used.copyWithin(label * words, from * words, (from + 1) * words);
    const accounts = this.#accounts;
    if (accounts > 0) {
      this.spent.copyWithin(label * accounts, from * accounts, (from + 1) * accounts);
    }
    return label;
  }

  #reserve(size: number): void {
    if (size > this.endMs.length) {
      const more = 2 * size;
      this.endMs = larger(this.endMs, new Float64Array(more));
      this.startMs = larger(this.startMs, new Float64Array(more));
      this.worth = larger(this.worth, new Float64Array(more));
      this.earned = larger(this.earned, new Float64Array(more));
      this.job = larger(this.job, new Int32Array(more));
      this.parent = larger(this.parent, new Int32Array(more));
    }
    if (size * this.#words > this.used.length) {
      this.used = larger(this.used, new Uint32Array(2 * size * this.#words));
    }
    if (size * this.#accounts > this.spent.length) {
      this.spent = larger(this.spent, new Float64Array(2 * size * this.#accounts));
    }
  }
}

function larger<Numbers extends Float64Array | Int32Array | Uint32Array>(
  old: Numbers,
  more: Numbers,
): Numbers {
  more.set(old);
  return more;
}
