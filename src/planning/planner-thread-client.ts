import { Worker } from 'node:worker_threads';
import { type Clock, PyrosError, realPause, sentenceOf } from '#platform';
import { inPieces } from './agent/in-pieces.ts';
import { firstEffort, fullEffort } from './effort.ts';
import { newestOnly } from './newest-only.ts';
import type { PlannerClient } from './planner-client.ts';
import { type FromPlanner, ITEMS_AT_ONCE } from './planner-message.ts';
import type { PlanInput, Schedule, UnplannedSequence } from './schedule.ts';

/** Without an answer after so long, in real seconds, a thread is taken for dead. */
const FIRST_SECONDS = 20;
const FULL_SECONDS = 120;

const runner = new URL('./planner-runner.ts', import.meta.url);

/** What a thread is made of. */
export interface ThreadParts {
  readonly clock: Clock;
  readonly limitSeconds: number;
  /** The module it runs. */
  readonly module?: URL;
}

/**
 * Plans in threads that live as long as the agent. First plans and full ones have a thread each: a
 * computation in a thread cannot be asked to stop, and an alert must not wait for an improvement that
 * nobody wants any more, nor for a new thread, which takes longer to start than to plan.
 */
export function threadedPlanner(clock: Clock): PlannerClient {
  const firsts = new PlannerThread({ clock, limitSeconds: FIRST_SECONDS });
  const fulls = new PlannerThread({ clock, limitSeconds: FULL_SECONDS });
  const full = newestOnly((input: PlanInput) => fulls.plan(input));
  return {
    first: (input) => firsts.plan({ ...input, effort: firstEffort }),
    full: (input) => full({ ...input, effort: input.effort ?? fullEffort }),
    pause: () => realPause(0),
    close: async () => void (await Promise.all([firsts.close(), fulls.close()])),
  };
}

/** One thread that plans one input at a time. One that died or hangs is replaced. */
export class PlannerThread {
  readonly #parts: ThreadParts;
  #worker: Worker | null;

  constructor(parts: ThreadParts) {
    this.#parts = parts;
    this.#worker = this.#start();
  }

  /**
   * Resolves with the plan. Call it again only after its end.
   *
   * @throws PyrosError `PLANNING_THREAD` when the thread died, `PLANNING_TIMEOUT` when it gave no
   * answer in time, and whatever planning itself raises, by code.
   */
  async plan(input: PlanInput): Promise<Schedule> {
    this.#worker ??= this.#start();
    const over = new AbortController();
    try {
      return await Promise.race([
        answerOf(this.#worker, input, over.signal),
        this.#timeOut(over.signal),
      ]);
    } catch (error) {
      if (!isAnswer(error)) await this.#replace();
      throw error;
    } finally {
      over.abort();
    }
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#parts.module ?? runner);
    // It keeps no process alive, and its end while it is idle is made good by the next plan.
    worker.unref();
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = null;
    });
    return worker;
  }

  /** The new one loads its modules while nothing is asked. */
  async #replace(): Promise<void> {
    await this.close();
    this.#worker = this.#start();
  }

  async #timeOut(signal: AbortSignal): Promise<never> {
    const { clock, limitSeconds } = this.#parts;
    // Real time: a processor does not work faster because the night is accelerated.
    await clock.sleep(limitSeconds * clock.rate(), signal);
    throw new PyrosError('PLANNING_TIMEOUT', `The planner gave no plan within ${limitSeconds} s.`, {
      remedy: 'The last plan holds; it starts anew by itself. Report what was to be planned.',
    });
  }
}

const threadTrouble: ReadonlySet<string> = new Set(['PLANNING_THREAD', 'PLANNING_TIMEOUT']);

/** The thread is well: it says that this input cannot be planned. */
function isAnswer(error: unknown): boolean {
  return error instanceof PyrosError && !threadTrouble.has(error.code);
}

async function answerOf(worker: Worker, input: PlanInput, over: AbortSignal): Promise<Schedule> {
  const { promise, resolve, reject } = Promise.withResolvers<Schedule>();
  const died = (why: string, cause?: unknown) =>
    reject(new PyrosError('PLANNING_THREAD', `The planner's thread ended: ${why}.`, { cause }));
  const unplanned: UnplannedSequence[] = [];
  const onMessage = (message: FromPlanner) => {
    if ('unplanned' in message) unplanned.push(...message.unplanned);
    else if ('schedule' in message) resolve({ ...message.schedule, unplanned });
    else reject(new PyrosError(message.code, message.sentence, { cause: message.stack }));
  };
  const onError = (error: unknown) => died(sentenceOf(error), error);
  const onExit = (code: number) => died(`exit code ${code}`);
  worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  over.addEventListener('abort', () => {
    worker.off('message', onMessage).off('error', onError).off('exit', onExit);
  });
  const [schedule] = await Promise.all([promise, post(worker, input)]);
  return schedule;
}

async function post(worker: Worker, { sequences, ...input }: PlanInput): Promise<void> {
  const pieces = { size: ITEMS_AT_ONCE, pause: () => realPause(0) };
  await inPieces(sequences, pieces, async (piece) => worker.postMessage({ sequences: piece }));
  worker.postMessage({ input });
}
