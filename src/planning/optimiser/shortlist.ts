import type { Guide } from './guide.ts';

/** The most promising jobs of each cell of a stretch, with small numbers of their own. */
export interface Shortlist {
  /** The jobs of the cell at offset i, the best first: `jobs[i * choices]` and on, `counts[i]` of them. */
  readonly jobs: Int32Array;
  readonly counts: Int32Array;
  readonly choices: number;
  /** Number of a job within the shortlist, −1 when it is not on it. */
  readonly local: Int32Array;
  readonly size: number;
}

/** Which cells, how many jobs of each, and which jobs are out of the question. */
export interface Wanted {
  readonly firstCell: number;
  readonly lastCell: number;
  readonly choices: number;
  readonly taken: Uint8Array;
}

/**
 * Ranks the jobs of every cell by what a plan through them would be worth at the guide's prices.
 */
export function shortlist(guide: Guide, wanted: Wanted): Shortlist {
  const { firstCell, lastCell, choices } = wanted;
  const length = lastCell - firstCell + 1;
  const jobs = new Int32Array(length * choices);
  const counts = new Int32Array(length);
  const scores = new Float64Array(choices);
  const local = new Int32Array(guide.toll.length).fill(-1);
  let size = 0;
  for (let offset = 0; offset < length; offset++) {
    const base = offset * choices;
    const kept = rank(guide, wanted, { cell: firstCell + offset, jobs, base, scores });
    counts[offset] = kept;
    for (let at = base; at < base + kept; at++) {
      const job = jobs[at] as number;
      if (local[job] === -1) local[job] = size++;
    }
  }
  return { jobs, counts, choices, local, size };
}

/** Puts the best jobs of one cell in their place; gives how many. */
function rank(
  { cells, toll, toGo }: Guide,
  { choices, taken }: Wanted,
  to: { cell: number; jobs: Int32Array; base: number; scores: Float64Array },
): number {
  const { cell, jobs, base, scores } = to;
  const end = cells.first[cell + 1] as number;
  let kept = 0;
  for (let at = cells.first[cell] as number; at < end; at++) {
    const job = cells.job[at] as number;
    if (taken[job] === 1) continue;
    const after = Math.min(cells.count, cell + (cells.cells[job] as number));
    const score = (cells.value[at] as number) - (toll[job] as number) + (toGo[after] as number);
    if (kept === choices && score <= (scores[kept - 1] as number)) continue;
    let place = kept < choices ? kept++ : kept - 1;
    for (; place > 0 && (scores[place - 1] as number) < score; place--) {
      scores[place] = scores[place - 1] as number;
      jobs[base + place] = jobs[base + place - 1] as number;
    }
    scores[place] = score;
    jobs[base + place] = job;
  }
  return kept;
}
