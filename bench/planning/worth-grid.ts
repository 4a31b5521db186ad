import type { Instance, InstanceSequence } from '#planning';
import { type JudgeGrid, judgeGrid } from './judge-sky.ts';

const RAD = Math.PI / 180;

/** What starting each sequence at each step is worth: weight × minutes × merit, 0 where it cannot. */
export interface WorthGrid {
  readonly sequences: readonly InstanceSequence[];
  readonly steps: number;
  readonly stepSeconds: number;
  /** Row i is `[i × steps, (i + 1) × steps)`. */
  readonly worth: Float64Array;
  /** Steps that setup and observation occupy. */
  readonly blocks: Int32Array;
}

/** The worth of all starts of some sequences, from the judge's own sky. */
export function worthGrid(
  instance: Instance,
  sequences: readonly InstanceSequence[],
  stepSeconds: number,
): WorthGrid {
  const grid = judgeGrid(instance, sequences, stepSeconds);
  const { steps } = grid;
  const worth = new Float64Array(sequences.length * steps);
  const blocks = new Int32Array(sequences.length);
  sequences.forEach((sequence, i) => {
    const seconds = sequence.durMin * 60 + instance.setupSec;
    const block = Math.ceil(seconds / stepSeconds - 1e-9);
    blocks[i] = block;
    const starts = startsOf(grid, i, block);
    const merit = meritOf(sequence, starts, (step) => {
      return grid.sine[i * steps + step + (block >> 1)] as number;
    });
    for (const step of starts) {
      worth[i * steps + step] = sequence.priority * sequence.durMin * merit(step);
    }
  });
  return { sequences, steps, stepSeconds, worth, blocks };
}

/** Steps from which the whole block is allowed. */
function startsOf({ steps, allowed }: JudgeGrid, row: number, block: number): number[] {
  const starts: number[] = [];
  let run = 0;
  for (let step = 0; step < steps; step++) {
    run = allowed[row * steps + step] === 1 ? run + 1 : 0;
    if (run >= block) starts.push(step - block + 1);
  }
  return starts;
}

/** Merit of a start, 0.5 to 1; `sineAt` is that of the middle of the block. */
function meritOf(
  { tpref, minAlt }: InstanceSequence,
  starts: readonly number[],
  sineAt: (step: number) => number,
): (step: number) => number {
  if (tpref === 'IMMEDIATE') {
    const first = starts[0] ?? 0;
    const range = (starts.at(-1) ?? 0) - first;
    return (step) => (range > 0 ? 1 - (0.5 * (step - first)) / range : 1);
  }
  const low = Math.sin(minAlt * RAD);
  const range = starts.reduce((best, step) => Math.max(best, sineAt(step)), -1) - low;
  return (step) => (range > 1e-6 ? 0.5 + (0.5 * Math.max(0, sineAt(step) - low)) / range : 1);
}
