import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from '#db';
import { type Clock, codeOf, type Logger, PyrosError, sentenceOf, Wake } from '#platform';
import {
  type Command,
  commandsOf,
  factsAfter,
  moveCommand,
  moveCursor,
  readCommand,
  readCursor,
  writeLog,
  writeSurvey,
} from './agent-store.ts';
import { type Admission, type AgentMode, admit, type CommandState, isGeneral } from './command.ts';
import type { Fact, FactType } from './fact-vocabulary.ts';
import { type Work, workOf } from './work.ts';

/** What the world gives to an agent. */
export interface AgentContext {
  /** Alias of the agent in the unit file. */
  readonly name: string;
  readonly clock: Clock;
  readonly database: Database;
  readonly log: Logger;
  readonly pid: number;
}

/** An agent says at least this often that it lives, and is doubted after the second figure. */
const HEARTBEAT_SECONDS = 5;
const SURVEY_VALIDITY_SECONDS = 60;
/** The end of a command that the database did not take is written again after this. */
const END_RETRY_SECONDS = 1;

/** How a command ends, with its result or why there is none. */
interface Ending {
  readonly to: CommandState;
  readonly result: string;
  readonly errorCode: string;
}

/**
 * An agent: it sleeps until a fact, a command or its routine is due, and handles them one after the
 * other. A specific command runs beside the loop, so that general commands (abort, exit) are answered
 * while it does. Subclasses say what they listen to and what they do.
 */
export abstract class Agent {
  readonly name: string;
  protected readonly clock: Clock;
  protected readonly database: Database;
  protected readonly log: Logger;
  readonly #pid: number;
  readonly #wake = new Wake();
  readonly #stop = new AbortController();
  #mode: AgentMode = 'ACTIVE';
  #status = 'LAUNCHED';
  #cursor = 0;
  /**
   * The last fact of the batch being handled, seen by its handler alone: a command that runs beside
   * the loop must not move the cursor over facts that nobody has handled yet.
   */
  readonly #batch = new AsyncLocalStorage<number>();
  #routineDue = true;
  #heartbeatDue = true;
  #running: { command: Command; abort: AbortController; done: Promise<void> } | null = null;

  constructor(context: AgentContext) {
    this.name = context.name;
    this.clock = context.clock;
    this.database = context.database;
    this.log = context.log;
    this.#pid = context.pid;
  }

  /** Facts that concern this agent; the others are stepped over. */
  protected abstract readonly listensTo: readonly FactType[];
  /** Seconds between two routines. */
  protected abstract readonly routineSeconds: number;
  /** Specific commands that `execute` runs; any other one is REFUSED. */
  protected readonly knows: readonly string[] = [];

  /** Before the first iteration. */
  protected async init(): Promise<void> {}
  /** What happened since the last time, oldest first. May be called again after a crash. */
  protected async onFacts(_facts: readonly Fact[]): Promise<void> {}
  /** What is done again and again. */
  protected async routine(): Promise<void> {}
  /** Runs a specific command that it knows; resolves with its result, rejects with why not. */
  protected async execute(command: Command, _signal: AbortSignal): Promise<string> {
    throw new PyrosError('COMMAND_UNKNOWN', `${this.name} does nothing at "${command.name}".`);
  }
  /** Whether a command found RUNNING at start, left by a death, is taken up again. */
  protected resumes(_command: Command): boolean {
    return false;
  }
  /** After the last iteration. */
  protected async end(): Promise<void> {}

  protected get stopSignal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Asks the agent to stop after what it is doing. */
  stop(): void {
    this.#stop.abort(new PyrosError('AGENT_STOPPED', `${this.name} was asked to stop.`));
    this.#running?.abort.abort(this.#stop.signal.reason);
    this.#wake.ring();
  }

  /** Makes the loop look again at once. */
  protected wake(): void {
    this.#routineDue = true;
    this.#wake.ring();
  }

  /** Lives until stopped. */
  async run(): Promise<void> {
    const stopListening = this.database.onChange(() => this.#wake.ring());
    try {
      await this.#start();
      while (!this.#stop.signal.aborted) await this.#iterate();
      await this.#running?.done;
      await this.end();
      this.#status = 'STOPPED';
      await this.#survey();
    } finally {
      stopListening();
    }
  }

  async #start(): Promise<void> {
    this.#status = 'INITIALIZING';
    this.#cursor = await readCursor(this.database, this.name);
    await this.transact((work) => work.fact('AgentStarted', { agent: this.name, pid: this.#pid }));
    await this.init();
    await this.#takeUpOrphans();
    void this.#tick(
      () => this.clock.period(this.routineSeconds),
      () => {
        this.#routineDue = true;
      },
    );
    void this.#tick(
      () => this.clock.period(HEARTBEAT_SECONDS, 1),
      () => {
        this.#heartbeatDue = true;
      },
    );
    this.#status = 'IN_MAIN_LOOP';
  }

  async #tick(seconds: () => number, then: () => void): Promise<void> {
    try {
      for (;;) {
        await this.clock.sleep(seconds(), this.#stop.signal);
        then();
        this.#wake.ring();
      }
    } catch {
      // Stopped: the loop ends by itself.
    }
  }

  /** One turn of the loop. A step that fails is told, keeps no other from its turn, and comes again. */
  async #iterate(): Promise<void> {
    await this.#attempt(() => this.#beat());
    await this.#attempt(() => this.#handleCommands());
    await this.#attempt(() => this.#handleFacts());
    if (this.#routineDue) {
      this.#routineDue = false;
      await this.#attempt(() => this.routine());
    }
    await this.#wake.wait();
  }

  async #attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      const stack = error instanceof Error ? error.stack : undefined;
      this.log.error(sentenceOf(error), { code: codeOf(error), stack });
      await this.#logRow('error', sentenceOf(error));
    }
  }

  async #beat(): Promise<void> {
    if (!this.#heartbeatDue) return;
    await this.#survey();
    this.#heartbeatDue = false;
  }

  async #survey(): Promise<void> {
    await this.database.transaction((transaction) =>
      writeSurvey(transaction, {
        name: this.name,
        mode: this.#mode,
        status: this.#running ? `RUNNING ${this.#running.command.name}` : this.#status,
        pid: this.#pid,
        atMs: this.clock.now(),
        validitySeconds: this.clock.allow(SURVEY_VALIDITY_SECONDS),
      }),
    );
  }

  async #logRow(level: string, message: string): Promise<void> {
    try {
      await this.database.transaction((transaction) =>
        writeLog(transaction, { atMs: this.clock.now(), agent: this.name, level, message }),
      );
    } catch (error) {
      this.log.error(`not in the log table: ${sentenceOf(error)}`);
    }
  }

  /** Leaves a line for people, in the log file and in the table. */
  protected async warn(message: string): Promise<void> {
    this.log.warn(message);
    await this.#logRow('warn', message);
  }

  async #handleFacts(): Promise<void> {
    for (;;) {
      const facts = await factsAfter(this.database, this.#cursor);
      const last = facts.at(-1);
      if (!last) return;
      const concerning = facts.filter((fact) => this.listensTo.includes(fact.type));
      if (concerning.length > 0)
        await this.#batch.run(last.id, () => this.#handleBatch(concerning));
      this.#cursor = last.id;
    }
  }

  async #handleBatch(facts: readonly Fact[]): Promise<void> {
    await this.onFacts(facts);
    // The handler had nothing to write: what it did is remembered all the same.
    if ((this.#batch.getStore() ?? 0) > this.#cursor) await this.transact(async () => {});
  }

  /**
   * Does something whole or not at all, facts included. While facts are being handled, the first
   * such transaction also remembers that they were: after a crash they are not handled twice.
   */
  protected async transact<T>(work: (work: Work) => Promise<T>): Promise<T> {
    const handled = this.#batch.getStore() ?? 0;
    const result = await this.database.transaction(async (transaction) => {
      const value = await work(workOf(transaction, { name: this.name, clock: this.clock }));
      if (handled > this.#cursor) await moveCursor(transaction, this.name, handled);
      return value;
    });
    this.#cursor = Math.max(this.#cursor, handled);
    return result;
  }

  async #takeUpOrphans(): Promise<void> {
    for (const command of await commandsOf(this.database, {
      recipient: this.name,
      state: 'RUNNING',
    })) {
      if (this.resumes(command)) this.#launch(command);
      else {
        const result = 'The agent died while it ran.';
        await this.#move(command, {
          from: 'RUNNING',
          to: 'FAILED',
          result,
          errorCode: 'AGENT_DIED',
        });
      }
    }
  }

  async #handleCommands(): Promise<void> {
    const pending = await commandsOf(this.database, { recipient: this.name, state: 'PENDING' });
    for (const command of pending.filter((one) => isGeneral(one.name))) await this.#handle(command);
    for (const command of pending.filter((one) => !isGeneral(one.name))) {
      if (this.#running || this.#stop.signal.aborted) return;
      await this.#handle(command);
    }
  }

  async #handle(command: Command): Promise<void> {
    const recipient = { mode: this.#mode, knows: this.knows };
    const admission = admit(command, recipient, this.clock.now());
    if (admission !== 'run') {
      await this.#turnAway(command, admission);
      return;
    }
    if (!(await this.#move(command, { from: 'PENDING', to: 'RUNNING' }))) return;
    if (isGeneral(command.name)) await this.#general(command);
    else this.#launch(command);
  }

  async #turnAway(command: Command, admission: Exclude<Admission, 'run'>): Promise<void> {
    if (admission === 'expire') await this.#move(command, { from: 'PENDING', to: 'EXPIRED' });
    if (admission === 'skip') await this.#move(command, { from: 'PENDING', to: 'SKIPPED' });
    if (admission !== 'refuse') return;
    const known = this.knows.length === 0 ? 'no command of its own' : this.knows.join(', ');
    const result = `${this.name} does not know "${command.name}": it knows ${known}.`;
    const errorCode = 'COMMAND_UNKNOWN';
    await this.#move(command, { from: 'PENDING', to: 'REFUSED', result, errorCode });
  }

  #launch(command: Command): void {
    const abort = new AbortController();
    const done = this.#execute(command, abort.signal).finally(() => {
      this.#running = null;
      this.#wake.ring();
    });
    this.#running = { command, abort, done };
    if (this.#stop.signal.aborted) abort.abort(this.#stop.signal.reason);
  }

  async #execute(command: Command, signal: AbortSignal): Promise<void> {
    const ending = await this.#outcome(command, signal);
    // An agent that is stopped leaves its command RUNNING: the next life takes it up or fails it.
    while (ending) {
      try {
        await this.#move(command, { from: 'RUNNING', ...ending });
        return;
      } catch (error) {
        this.log.error(`the end of command ${command.id} is not written: ${sentenceOf(error)}`);
        if (this.#stop.signal.aborted) return;
        const pause = this.clock.period(END_RETRY_SECONDS);
        await this.clock.sleep(pause, this.#stop.signal).catch(() => undefined);
      }
    }
  }

  /** How a command ended; null when it was left because the agent stops. */
  async #outcome(command: Command, signal: AbortSignal): Promise<Ending | null> {
    try {
      const result = await this.execute(command, signal);
      return { to: 'EXECUTED', result, errorCode: '' };
    } catch (error) {
      if (this.#stop.signal.aborted) return null;
      const to = signal.aborted ? 'KILLED' : 'FAILED';
      return { to, result: sentenceOf(error), errorCode: codeOf(error) };
    }
  }

  async #general(command: Command): Promise<void> {
    if (command.name === 'exit') this.stop();
    if (command.name === 'abort') this.#running?.abort.abort(abortReason(command));
    if (command.name === 'abort' || command.name === 'flush_commands') await this.#flush(command);
    if (command.name === 'set_mode') this.#mode = command.payload === 'IDLE' ? 'IDLE' : 'ACTIVE';
    const text = command.name === 'get_status' ? `${this.#mode} ${this.#status}` : 'ok';
    await this.#move(command, { from: 'RUNNING', to: 'EXECUTED', result: text, errorCode: '' });
  }

  /** `abort` takes back what its sender asked before it; `flush_commands` takes back everything. */
  async #flush(by: Command): Promise<void> {
    for (const waiting of await commandsOf(this.database, {
      recipient: this.name,
      state: 'PENDING',
    })) {
      if (waiting.id > by.id || isGeneral(waiting.name)) continue;
      if (by.name === 'abort' && waiting.sender !== by.sender) continue;
      await this.#move(waiting, { from: 'PENDING', to: 'KILLED' });
    }
  }

  #move(
    command: Command,
    move: { from: CommandState; to: CommandState; result?: string; errorCode?: string },
  ): Promise<boolean> {
    const atMs = this.clock.now();
    return this.database.transaction((transaction) =>
      moveCommand(transaction, { id: command.id, atMs, ...move }),
    );
  }

  /** The command as it is now. */
  protected async lookAtCommand(id: number): Promise<Command | null> {
    return await readCommand(this.database, id);
  }
}

function abortReason(command: Command): PyrosError {
  const why = typeof command.payload === 'string' && command.payload ? `: ${command.payload}` : '';
  return new PyrosError('ABORTED', `aborted by ${command.sender}${why}`);
}
