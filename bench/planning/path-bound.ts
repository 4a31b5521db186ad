import type { Instance } from '#planning';
import { type WorthGrid, worthGrid } from './worth-grid.ts';

/** Every duration with its setup is a whole number of these, so no phase of the grid loses any. */
const STEP_SECONDS = 30;
const ITERATIONS = 1500;
/** Weight of the newest subgradient in the direction. */
const FRESH = 0.3;
/** Iterations without progress before the steps get shorter. */
const PATIENCE = 25;

/**
 * The yardstick of every value: worth of the best plan from above, slews taking no time. Each sequence
 * and each quota gets a price, the dearest path through the night may repeat sequences at that price,
 * and subgradient steps on the prices lower prices plus path (Held and Karp, 1971).
 */
export function pathBound(instance: Instance): number {
  return new PriceSearch(instance).run();
}

class PriceSearch {
  readonly #grid: WorthGrid;
  readonly #quotas: Float64Array;
  /** Quota of each sequence, and what it draws from it, minutes. */
  readonly #payer: Int32Array;
  readonly #minutes: Float64Array;
  /** Starts by the step at which the block ends: `[first[step], first[step + 1])`. */
  readonly #first: Int32Array;
  readonly #row: Int32Array;
  readonly #gain: Float64Array;
  /** Prices: of the sequences, then of the quotas. */
  readonly #prices: Float64Array;
  readonly #direction: Float64Array;
  readonly #mean: number;

  constructor(instance: Instance) {
    const { sequences, programs } = instance;
    this.#grid = worthGrid(instance, sequences, STEP_SECONDS);
    this.#quotas = Float64Array.from(programs, ({ quotaMin }) => quotaMin);
    this.#payer = Int32Array.from(sequences, ({ program }) =>
      programs.findIndex(({ id }) => id === program),
    );
    this.#minutes = Float64Array.from(sequences, ({ durMin }) => durMin);
    this.#mean = this.#minutes.reduce((a, b) => a + b, 0) / Math.max(1, sequences.length);
    const { first, row, gain } = startsByEnd(this.#grid);
    this.#first = first;
    this.#row = row;
    this.#gain = gain;
    this.#prices = new Float64Array(sequences.length + programs.length);
    this.#direction = new Float64Array(this.#prices.length);
  }

  run(): number {
    let best = Number.MAX_VALUE;
    const bestPrices = this.#prices.slice();
    let pace = 1;
    let idle = 0;
    for (let i = 0; i < ITERATIONS && pace > 1e-4; i++) {
      const { bound, path } = this.#longestPath();
      idle = bound < best * (1 - 1e-5) ? 0 : idle + 1;
      if (bound < best) {
        best = bound;
        bestPrices.set(this.#prices);
      }
      if (idle > PATIENCE) {
        idle = 0;
        pace *= 0.6;
        this.#prices.set(bestPrices);
        this.#direction.fill(0);
      } else if (!this.#step(path, pace * Math.max(bound - 0.99 * best, 1e-4 * best))) break;
    }
    return best;
  }

  /** The bound at the present prices, and how often each sequence is on the dearest path. */
  #longestPath(): { readonly bound: number; readonly path: Int32Array } {
    const { steps, blocks } = this.#grid;
    const { net, sum } = this.#netPrices();
    const dearest = new Float64Array(steps + 1);
    const choice = new Int32Array(steps + 1).fill(-1);
    for (let step = 1; step <= steps; step++) {
      let most = dearest[step - 1] as number;
      const end = this.#first[step + 1] as number;
      for (let at = this.#first[step] as number; at < end; at++) {
        const row = this.#row[at] as number;
        const before = dearest[step - (blocks[row] as number)] as number;
        const value = before + (this.#gain[at] as number) - (net[row] as number);
        if (value > most) {
          most = value;
          choice[step] = at;
        }
      }
      dearest[step] = most;
    }
    return { bound: sum + (dearest[steps] as number), path: this.#countsOf(choice) };
  }

  #netPrices(): { readonly net: Float64Array; readonly sum: number } {
    const n = this.#payer.length;
    const net = this.#prices.slice(0, n);
    let sum = net.reduce((a, b) => a + b, 0);
    this.#quotas.forEach((quota, p) => {
      sum += quota * (this.#prices[n + p] as number);
    });
    for (let i = 0; i < n; i++) {
      const payer = this.#payer[i] as number;
      if (payer < 0) continue;
      net[i] =
        (net[i] as number) + (this.#minutes[i] as number) * (this.#prices[n + payer] as number);
    }
    return { net, sum };
  }

  #countsOf(choice: Int32Array): Int32Array {
    const { steps, blocks } = this.#grid;
    const counts = new Int32Array(this.#payer.length);
    for (let step = steps; step > 0; ) {
      const at = choice[step] as number;
      const row = at < 0 ? -1 : (this.#row[at] as number);
      if (row >= 0) counts[row] = (counts[row] as number) + 1;
      step -= row < 0 ? 1 : (blocks[row] as number);
    }
    return counts;
  }

  /** Moves the prices; false when there is nothing left to move. */
  #step(path: Int32Array, length: number): boolean {
    const excess = this.#excess(path);
    let square = 0;
    excess.forEach((over, i) => {
      const isAtRest = (this.#prices[i] as number) <= 0 && over < 0;
      const push = FRESH * (isAtRest ? 0 : over) + (1 - FRESH) * (this.#direction[i] as number);
      this.#direction[i] = push;
      square += push ** 2;
    });
    if (square < 1e-12) return false;
    const n = path.length;
    this.#prices.forEach((price, i) => {
      // Minutes of a quota weigh like whole sequences.
      const unit = i < n ? 1 : this.#mean;
      this.#prices[i] = Math.max(
        0,
        price + ((length / square) * (this.#direction[i] as number)) / unit,
      );
    });
    return true;
  }

  /** By how much the path takes too much of each sequence, and of each quota in mean sequences. */
  #excess(path: Int32Array): Float64Array {
    const n = path.length;
    const excess = new Float64Array(this.#prices.length);
    this.#quotas.forEach((quota, p) => {
      excess[n + p] = -quota / this.#mean;
    });
    path.forEach((count, i) => {
      excess[i] = count - 1;
      const payer = this.#payer[i] as number;
      if (payer < 0) return;
      const drawn = (count * (this.#minutes[i] as number)) / this.#mean;
      excess[n + payer] = (excess[n + payer] as number) + drawn;
    });
    return excess;
  }
}

function startsByEnd({ steps, worth, blocks }: WorthGrid) {
  const first = new Int32Array(steps + 2);
  const n = blocks.length;
  const each = (visit: (row: number, end: number, gain: number) => void) => {
    for (let row = 0; row < n; row++) {
      for (let step = 0; step < steps; step++) {
        const gain = worth[row * steps + step] as number;
        if (gain > 0) visit(row, step + (blocks[row] as number), gain);
      }
    }
  };
  each((_, end) => {
    first[end + 1] = (first[end + 1] as number) + 1;
  });
  for (let step = 0; step <= steps; step++) {
    first[step + 1] = (first[step + 1] as number) + (first[step] as number);
  }
  const total = first[steps + 1] as number;
  const next = first.slice();
  const row = new Int32Array(total);
  const gain = new Float64Array(total);
  each((which, end, value) => {
    const at = next[end] as number;
    next[end] = at + 1;
    row[at] = which;
    gain[at] = value;
  });
  return { first, row, gain };
}
