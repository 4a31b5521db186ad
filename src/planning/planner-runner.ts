/** The planner in a thread of its own: see planner-thread-client.ts. */
import { parentPort } from 'node:worker_threads';
import { codeOf, sentenceOf } from '#platform';
import { piecesOf } from './agent/in-pieces.ts';
import { JobMemory } from './job.ts';
import { plan } from './planner.ts';
import { type FromPlanner, ITEMS_AT_ONCE, type ToPlanner } from './planner-message.ts';
import type { PlanInput, PlanSequence } from './schedule.ts';

const memory = new JobMemory();
let sequences: PlanSequence[] = [];

parentPort?.on('message', (message: ToPlanner) => {
  if ('sequences' in message) {
    sequences.push(...message.sequences);
    return;
  }
  const input = { ...message.input, sequences };
  sequences = [];
  answer(input);
});

function answer(input: PlanInput): void {
  try {
    const { unplanned, ...schedule } = plan(input, memory);
    for (const piece of piecesOf(unplanned, ITEMS_AT_ONCE)) post({ unplanned: piece });
    post({ schedule });
  } catch (error) {
    const stack = error instanceof Error ? error.stack : undefined;
    post({ code: codeOf(error), sentence: sentenceOf(error), stack });
  }
}

function post(message: FromPlanner): void {
  parentPort?.postMessage(message);
}
