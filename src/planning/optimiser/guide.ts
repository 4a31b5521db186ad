import type { Cells } from './cells.ts';
import type { Dual } from './dual.ts';
import type { Problem } from './problem.ts';

/** What a search believes about the worth of time and of jobs: the prices of the dual. */
export interface Guide {
  readonly cells: Cells;
  /** What a job costs at the prices, accounts included. */
  readonly toll: Float64Array;
  /** What the night is worth from each cell on. */
  readonly toGo: Float64Array;
}

/** The guide that the best prices of a dual make. */
export function guideOf(problem: Problem, cells: Cells, dual: Dual): Guide {
  const toll = dual.price.map((price, job) => {
    const charge = problem.charge[job] as number;
    const accounts = problem.accounts[job] as readonly number[];
    return accounts.reduce((sum, at) => sum + charge * (dual.accountPrice[at] as number), price);
  });
  return { cells, toll, toGo: dual.toGo };
}

/** What the night is worth from an instant on, at the prices. */
export function toGoAt({ cells, toGo }: Guide, ms: number): number {
  const at = ms / cells.stepMs;
  const cell = Math.min(Math.floor(at), cells.count - 1);
  const low = toGo[cell] as number;
  return low + (at - cell) * ((toGo[cell + 1] as number) - low);
}
