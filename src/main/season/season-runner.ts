import { parentPort, workerData } from 'node:worker_threads';
import { type SeasonInput, simulateSeason } from '../../planning/season/index.ts';

/** What the thread of a season is given. */
export interface SeasonTask {
  readonly input: SeasonInput;
  /** Shared: nights done, nights in all, and 1 when it shall end. */
  readonly progress: Int32Array;
}

const { input, progress } = workerData as SeasonTask;

parentPort?.postMessage(
  simulateSeason(input, (done, inAll) => {
    Atomics.store(progress, 0, done);
    Atomics.store(progress, 1, inAll);
    return Atomics.load(progress, 2) === 0;
  }),
);
