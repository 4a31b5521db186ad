import { runInWorker } from '#platform';
import type { SeasonInput, SeasonReport } from '../../planning/season/index.ts';
import type { SeasonTask } from './season-runner.ts';

/** A season that is being simulated in a thread of its own. */
export interface SeasonThread {
  readonly report: Promise<SeasonReport>;
  /** Share of the nights that are done, 0 to 1. */
  progress(): number;
  /** Ends it after the night at work; its report is then a partial one. */
  end(): void;
}

/** Starts a season. */
export function startSeason(input: SeasonInput): SeasonThread {
  const progress = new Int32Array(new SharedArrayBuffer(12));
  const task: SeasonTask = { input, progress };
  const module = new URL('./season-runner.ts', import.meta.url);
  return {
    report: runInWorker<SeasonReport>(module, task, new AbortController().signal),
    progress: () => Atomics.load(progress, 0) / Math.max(1, Atomics.load(progress, 1)),
    end: () => void Atomics.store(progress, 2, 1),
  };
}
