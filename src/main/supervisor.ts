import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { appendFact } from '#agent';
import type { Database } from '#db';
import { type Clock, PyrosError, RealClock, sentenceOf } from '#platform';

/** A process that the supervisor keeps alive. */
export interface Ward {
  /** Alias of the agent, or name of the simulated device. */
  readonly name: string;
  /** The program, relative to this folder. */
  readonly program: 'agent-process.ts' | 'simulator-process.ts' | 'alert-sender-process.ts';
  /** Restarts allowed in an hour of real time. */
  readonly restartBudget: number;
  /** It may end by itself: then it is not started again. */
  readonly mayEnd?: boolean;
}

interface Child {
  readonly ward: Ward;
  process: ChildProcess;
  ready: Promise<void>;
  /** Real instants of its restarts, to spend the budget over an hour. */
  restarts: number[];
}

const HOUR_MS = 3_600_000;
/** A process that has not ended this long after being asked is ended, real seconds. */
const PATIENCE_SECONDS = 6;
const READY_SECONDS = 180;
/** Processes live on the machine's time, whatever the observatory's clock does. */
const realClock = new RealClock();

/**
 * The SuperAgent: starts every process of the unit, starts again those that die, with
 * a budget and a growing pause, and stops them all. Children end by themselves when it dies.
 */
export class Supervisor {
  readonly #parts: { runFile: string; dataFolder: string; clock: Clock; database: Database };
  readonly #children = new Map<string, Child>();
  #stopping = false;

  constructor(parts: { runFile: string; dataFolder: string; clock: Clock; database: Database }) {
    this.#parts = parts;
  }

  /** Process ids by name, of those that live. */
  pids(): Map<string, number> {
    const living = [...this.#children].filter(([, child]) => child.process.exitCode === null);
    return new Map(living.map(([name, child]) => [name, child.process.pid ?? 0]));
  }

  /** Starts these side by side; resolves when all are at work, rejects when one cannot start. */
  async start(wards: readonly Ward[]): Promise<void> {
    for (const ward of wards) this.#children.set(ward.name, this.#launch(ward, []));
    await Promise.all(wards.map((ward) => this.#children.get(ward.name)?.ready));
  }

  /** Asks all to end, in the reverse order of their start, and sees to it that they do. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const children = [...this.#children.values()].reverse();
    for (const { process: child } of children) {
      if (child.connected) child.send({ stop: true }, () => undefined);
    }
    await Promise.all(children.map(({ process: child }) => ended(child)));
  }

  #launch(ward: Ward, restarts: number[]): Child {
    const { runFile, dataFolder } = this.#parts;
    const program = join(import.meta.dirname, ward.program);
    mkdirSync(join(dataFolder, 'logs'), { recursive: true });
    const output = openSync(join(dataFolder, 'logs', `${ward.name}.out`), 'a');
    const child = spawn(process.execPath, [...process.execArgv, program, runFile, ward.name], {
      stdio: ['ignore', output, output, 'ipc'],
    });
    closeSync(output);
    child.once('exit', (code, signal) => void this.#onExit(ward, code, signal));
    return { ward, process: child, ready: becomesReady(child, ward.name), restarts };
  }

  async #onExit(ward: Ward, code: number | null, signal: string | null): Promise<void> {
    const child = this.#children.get(ward.name);
    if (this.#stopping || !child || (ward.mayEnd && code === 0)) return;
    const reason = signal ? `ended by ${signal}` : `ended with code ${code}`;
    const recent = child.restarts.filter((at) => realClock.monotonic() - at < HOUR_MS);
    if (recent.length >= ward.restartBudget) {
      await this.#tell('AgentGivenUp', { agent: ward.name, reason });
      return;
    }
    // The first restart is at once: a dead guardian or Majordome costs the night.
    if (recent.length > 0) await realClock.sleep(Math.min(30, 0.25 * 2 ** recent.length));
    if (this.#stopping) return;
    const restarts = [...recent, realClock.monotonic()];
    const next = this.#launch(ward, restarts);
    next.ready.catch(() => undefined);
    this.#children.set(ward.name, next);
    await this.#tell('AgentRestarted', { agent: ward.name, reason, restarts: restarts.length });
  }

  async #tell(
    type: 'AgentRestarted' | 'AgentGivenUp',
    payload: { agent: string; reason: string; restarts?: number },
  ): Promise<void> {
    const fact = { atMs: this.#parts.clock.now(), agent: 'SuperAgent' };
    try {
      await this.#parts.database.transaction((transaction) =>
        type === 'AgentGivenUp'
          ? appendFact(transaction, { ...fact, type, payload })
          : appendFact(transaction, { ...fact, type, payload: { restarts: 0, ...payload } }),
      );
    } catch (error) {
      process.stderr.write(
        `${payload.agent} ${payload.reason} (not written: ${sentenceOf(error)})\n`,
      );
    }
  }
}

async function becomesReady(child: ChildProcess, name: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  child.once('message', () => resolve());
  child.once('exit', (code) => {
    reject(
      new PyrosError('PROCESS_FAILED', `${name} could not start (code ${code}).`, {
        remedy: `See data/logs/${name}.out for why.`,
      }),
    );
  });
  const waiting = new AbortController();
  const late = realClock.sleep(READY_SECONDS, waiting.signal).then(
    () => reject(new PyrosError('PROCESS_FAILED', `${name} did not get ready in three minutes.`)),
    () => undefined,
  );
  await promise.finally(() => waiting.abort());
  await late;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  const patience = new AbortController();
  const kill = realClock.sleep(PATIENCE_SECONDS, patience.signal).then(
    () => child.kill('SIGKILL'),
    () => undefined,
  );
  await exit;
  patience.abort();
  await kill;
}
