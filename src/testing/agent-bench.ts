import { onTestFinished } from 'vitest';
import { z } from 'zod';
import {
  Agent,
  type AgentContext,
  type Command,
  type Effect,
  type Fact,
  type Run,
  readCommand,
  Sender,
  type Work,
} from '#agent';
import type { Database } from '#db';
import { PyrosError, VirtualClock } from '#platform';
import { insertCommand } from '../agent/command-store.ts';
import { passOn } from '../devices/virtual-simulators.ts';
import { tempDatabase } from './temp-database.ts';
import { keepingLogger } from './told.ts';

/** What a probe does; nothing where not said. */
export interface ProbeHooks {
  readonly onFacts?: (facts: readonly Fact[], probe: Probe) => Promise<void>;
  readonly prepare?: (probe: Probe) => Promise<void>;
  readonly routine?: (probe: Probe) => Promise<void>;
  readonly execute?: (command: Command, run: Run, probe: Probe) => Promise<string>;
  readonly resumes?: (command: Command) => boolean;
}

/**
 * An agent whose doings a test chooses. Listens to DeviceFailed; knows `work` and `rest`, which take
 * any payload, and `count`, which takes a number.
 */
export class Probe extends Agent {
  protected readonly listensTo = ['DeviceFailed'] as const;
  protected readonly routineSeconds = 10;
  protected override readonly knows = {
    work: z.unknown(),
    rest: z.unknown(),
    count: z.number(),
  };
  readonly #hooks: ProbeHooks;

  constructor(context: AgentContext, hooks: ProbeHooks = {}) {
    super(context);
    this.#hooks = hooks;
  }

  protected override async onFacts(facts: readonly Fact[]): Promise<void> {
    await this.#hooks.onFacts?.(facts, this);
  }

  protected override async prepare(): Promise<void> {
    await this.#hooks.prepare?.(this);
  }

  protected override async routine(): Promise<void> {
    await this.#hooks.routine?.(this);
  }

  protected override async execute(command: Command, run: Run): Promise<string> {
    return (await this.#hooks.execute?.(command, run, this)) ?? 'done';
  }

  protected override resumes(command: Command): boolean {
    return this.#hooks.resumes?.(command) ?? false;
  }

  /** An effect in the agent's journal, for the hooks. */
  bringAbout(key: string, effect: Effect): Promise<string> {
    return this.effects.once(key, effect);
  }

  /** The agent's own transaction, for the hooks. */
  do<T>(work: (work: Work) => Promise<T>): Promise<T> {
    return this.transact(work);
  }
}

/** Agents on virtual time over one database, in memory of the test that runs. */
export interface AgentBench {
  readonly database: Database;
  readonly clock: VirtualClock;
  readonly log: ReturnType<typeof keepingLogger>;
  context(name: string): AgentContext;
  /** Starts any agent; it is stopped at the end of the test. Gives its life. */
  live(agent: { run(): Promise<void>; stop(): void }): Promise<void>;
  /** Makes a probe and starts it; `more` is what differs in its context. */
  probe(hooks?: ProbeHooks, more?: Partial<AgentContext>): Probe;
  /** Somebody who sends commands to agents and follows them. */
  sender(name?: string): Sender;
  pass(seconds: number): Promise<void>;
  /** Sends a command to the probe; gives its number. */
  send(name: string, more?: SendOptions): Promise<number>;
  command(id: number): Promise<Command>;
}

export interface SendOptions {
  readonly sender?: string;
  readonly recipient?: string;
  readonly payload?: unknown;
  readonly validitySeconds?: number;
}

/** 12 October 2026, 22 h UTC. */
const START_MS = Date.UTC(2026, 9, 12, 22);

export async function agentBench(startMs = START_MS): Promise<AgentBench> {
  const database = await tempDatabase();
  const clock = new VirtualClock(startMs);
  const log = keepingLogger();
  const context = (name: string) => ({ name, clock, database, log, pid: 7 });
  const live = nursery(clock);
  return {
    database,
    clock,
    log,
    context,
    live,
    sender: (name = 'Tester') => new Sender({ name, database, clock }),
    probe: (hooks, more = {}) => {
      const probe = new Probe({ ...context('Probe'), ...more }, hooks);
      void live(probe);
      return probe;
    },
    pass: (seconds) => passOn(clock, seconds),
    send: (name, more = {}) => send(database, { name, atMs: clock.now(), ...more }),
    command: async (id) => {
      const command = await readCommand(database, id);
      if (!command) throw new RangeError(`no command ${id}`);
      return command;
    },
  };
}

/** Starts agents, and stops them at the end of the test that runs. */
function nursery(clock: VirtualClock): AgentBench['live'] {
  const stops: (() => void)[] = [];
  const lives: Promise<void>[] = [];
  onTestFinished(async () => {
    for (const stop of stops) stop();
    await Promise.all([clock.run(clock.now() + 86_400_000), ...lives]);
  });
  return (agent) => {
    const life = agent.run();
    stops.push(() => agent.stop());
    lives.push(life.catch(() => undefined));
    return life;
  };
}

function send(
  database: Database,
  order: SendOptions & { readonly name: string; readonly atMs: number },
): Promise<number> {
  const usual = { sender: 'Tester', recipient: 'Probe', payload: null, validitySeconds: 60 };
  return database.transaction((transaction) => insertCommand(transaction, { ...usual, ...order }));
}

/** What becomes of a transaction of a shaky database. */
export type Trouble = 'kept' | 'undone' | 'refused' | null;

/**
 * The same database over a bad line, for one process: before each transaction `next` says what goes
 * wrong. `kept` and `undone`: it is made or not, and nobody is told which; `refused`: it is not begun.
 */
export function shakyDatabase(database: Database, next: () => Trouble): Database {
  const transaction: Database['transaction'] = async (work) => {
    const trouble = next();
    if (trouble === 'refused') throw new PyrosError('DATABASE_GONE', 'It does not answer.');
    const result = await database.transaction(async (open) => {
      const value = await work(open);
      if (trouble === 'undone') throw unsure();
      return value;
    });
    if (trouble === 'kept') throw unsure();
    return result;
  };
  return new Proxy(database, {
    get(target, key) {
      if (key === 'transaction') return transaction;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function unsure(): PyrosError {
  return new PyrosError('DATABASE_UNSURE', 'The connection broke during the commit.');
}
