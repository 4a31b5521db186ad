import { appendFact } from '#agent';
import type { Database } from '#db';
import { type Clock, RealClock, sentenceOf } from '#platform';
import type { WardResult } from './runs/run-record.ts';
import { decideRestart, recentRestarts } from './supervision/restart-policy.ts';
import { SuperAgentSurvey } from './supervision/super-agent-survey.ts';
import { BAD_INPUT, reasonOf, type Ward, type WardEvent } from './supervision/ward.ts';
import { WardProcess } from './supervision/ward-process.ts';

export type { Ward } from './supervision/ward.ts';

interface Parts {
  readonly runFile: string;
  readonly dataFolder: string;
  readonly clock: Clock;
  /** Null where nothing but simulated devices runs: nobody is told then. */
  readonly database: Database | null;
  /** Processes that were launched already and wait to begin, by name. */
  readonly held?: ReadonlyMap<string, WardProcess>;
  /** Shown each line that an agent prints. */
  readonly show?: (name: string, line: string) => void;
  /** Told what becomes of each process. */
  readonly onEvent?: (event: WardEvent) => void;
}

interface Child {
  readonly ward: Ward;
  process: WardProcess;
  /** Real instants of its restarts, to spend the budget over an hour. */
  restartsMs: readonly number[];
  result: WardResult | null;
  /** Resolves once it will not be started again. */
  readonly settled: PromiseWithResolvers<void>;
}

/** Processes live on the machine's time, whatever the observatory's clock does. */
const realClock = new RealClock();

/**
 * The SuperAgent: starts every process of the unit, starts again those that die or
 * hang, with a budget and a growing pause, and stops them all. A process that ends by itself with
 * code 0 has done its work. Children end by themselves when it dies.
 */
export class Supervisor {
  readonly #parts: Parts;
  readonly #survey: SuperAgentSurvey | null;
  readonly #children = new Map<string, Child>();
  /** As they were started together. */
  readonly #batches: Child[][] = [];
  readonly #stop = new AbortController();

  constructor(parts: Parts) {
    this.#parts = parts;
    const { clock, database } = parts;
    const kill = (name: string) => this.#children.get(name)?.process.kill();
    this.#survey = database
      ? new SuperAgentSurvey({ clock, database, pids: () => this.pids(), kill })
      : null;
  }

  /** Process ids by name, of those that live. */
  pids(): Map<string, number> {
    const living = [...this.#children].filter(([, child]) => child.process.isAlive);
    return new Map(living.map(([name, child]) => [name, child.process.pid]));
  }

  /** Starts these side by side; resolves when all are at work, rejects when one cannot start. */
  async start(wards: readonly Ward[]): Promise<void> {
    this.#survey?.start();
    const batch = wards.map((ward) => this.#begin(ward));
    this.#batches.push(batch);
    await Promise.all(batch.map((child) => child.process.ready));
  }

  #begin(ward: Ward): Child {
    const settled = Promise.withResolvers<void>();
    const child: Child = {
      ward,
      process: this.#begun(ward),
      restartsMs: [],
      result: null,
      settled,
    };
    this.#children.set(ward.name, child);
    void this.#lives(child);
    return child;
  }

  /** Resolves when none of these lives any more, nor will be started again. */
  async settled(names: readonly string[]): Promise<void> {
    await Promise.all(names.map((name) => this.#children.get(name)?.settled.promise));
  }

  /** How each process that was started ended, in the order of their start; those that live are ok. */
  results(): readonly WardResult[] {
    return [...this.#children.values()].map(
      ({ ward, result }) => result ?? { name: ward.name, ok: true, reason: '' },
    );
  }

  /**
   * Asks all to end, and sees to it that they do: what was started last ends first, so that agents
   * still find their devices.
   */
  async stop(): Promise<void> {
    this.#stop.abort();
    for (const batch of this.#batches.reverse()) {
      for (const { process } of batch) process.askToEnd();
      await Promise.all(
        batch.map(async ({ process, settled }) => {
          if (process.isAlive) await process.ended();
          await settled.promise;
        }),
      );
    }
    for (const [name, held] of this.#parts.held ?? []) {
      if (!this.#children.has(name)) held.kill();
    }
    await this.#survey?.stop();
  }

  #isStopping(): boolean {
    return this.#stop.signal.aborted;
  }

  #begun(ward: Ward): WardProcess {
    const held = this.#parts.held?.get(ward.name);
    held?.begin();
    return held ?? this.#launch(ward);
  }

  #launch(ward: Ward): WardProcess {
    const { show, ...place } = this.#parts;
    const isShown = show && ward.program === 'agent-process.ts';
    return new WardProcess(ward, isShown ? { ...place, show } : place);
  }

  /** From its first start until it is not started again. */
  async #lives(child: Child): Promise<void> {
    for (;;) {
      child.process.ready.then(
        () => this.#parts.onEvent?.({ type: 'ready', name: child.ward.name }),
        () => undefined,
      );
      const { code, signal } = await child.process.exit;
      const reason = reasonOf(code, signal, child.process.lastWord);
      if (this.#isStopping() || code === 0 || !(await this.#startsAgain(child, code, reason))) {
        this.#settle(child, { ok: code === 0, reason: code === 0 ? restarted(child) : reason });
        return;
      }
    }
  }

  async #startsAgain(child: Child, code: number | null, reason: string): Promise<boolean> {
    const { name: agent, restartBudget } = child.ward;
    const nowMs = realClock.monotonic();
    const verdict = decideRestart(child.restartsMs, nowMs, restartBudget);
    if (code === BAD_INPUT || !verdict.restart) {
      await this.#tell('AgentGivenUp', { agent, reason });
      return false;
    }
    await realClock.sleep(verdict.pauseSeconds, this.#stop.signal).catch(() => undefined);
    if (this.#isStopping()) return false;
    child.restartsMs = [...recentRestarts(child.restartsMs, nowMs), realClock.monotonic()];
    child.process = this.#launch(child.ward);
    this.#parts.onEvent?.({ type: 'restarted', name: agent, reason });
    await this.#tell('AgentRestarted', { agent, reason, restarts: child.restartsMs.length });
    return true;
  }

  #settle(child: Child, result: Omit<WardResult, 'name'>): void {
    const { name } = child.ward;
    child.result = { name, ...result };
    if (!this.#isStopping()) {
      const { ok, reason } = result;
      this.#parts.onEvent?.(ok ? { type: 'ended', name } : { type: 'failed', name, reason });
    }
    child.settled.resolve();
  }

  async #tell(
    type: 'AgentRestarted' | 'AgentGivenUp',
    payload: { agent: string; reason: string; restarts?: number },
  ): Promise<void> {
    const { clock, database } = this.#parts;
    if (!database || !this.#survey) return;
    const fact = { atMs: clock.now(), agent: this.#survey.name };
    try {
      await database.transaction((transaction) =>
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

function restarted({ restartsMs }: Child): string {
  if (restartsMs.length === 0) return '';
  return restartsMs.length === 1
    ? 'started again once'
    : `started again ${restartsMs.length} times`;
}
