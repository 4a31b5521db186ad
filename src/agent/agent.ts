import type { Database, Transaction } from '#db';
import { type Clock, codeOf, type Logger, PyrosError, sentenceOf, Wake } from '#platform';
import {
  appendFact,
  type Command,
  commandsOf,
  factsAfter,
  insertCommand,
  moveCommand,
  moveCursor,
  readCommand,
  readCursor,
  writeLog,
  writeSurvey,
} from './agent-store.ts';
import { type AgentMode, admit, type CommandState, isGeneral } from './command.ts';
import type { Fact, FactPayloads, FactType } from './fact-vocabulary.ts';

/** What the world gives to an agent. */
export interface AgentContext {
  /** Alias of the agent in the unit file. */
  readonly name: string;
  readonly clock: Clock;
  readonly database: Database;
  readonly log: Logger;
  readonly pid: number;
}

/** A transaction that also tells facts, in the agent's name. */
export interface Work extends Transaction {
  fact<T extends FactType>(type: T, payload: FactPayloads[T]): Promise<void>;
  /** Sends a command and gives its number; its recipient is woken at the end of the transaction. */
  send(recipient: string, order: Order): Promise<number>;
}

/** What a command asks. */
export interface Order {
  readonly name: string;
  readonly payload: unknown;
  /** If it was not started after this, it is void. */
  readonly validitySeconds: number;
}

/** An agent says at least this often that it lives, and is doubted after the second figure. */
const HEARTBEAT_SECONDS = 5;
const SURVEY_VALIDITY_SECONDS = 60;

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
  /** The last fact of the batch being handled: the next transaction moves the cursor there. */
  #handled = 0;
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

  /** Before the first iteration. */
  protected async init(): Promise<void> {}
  /** What happened since the last time, oldest first. May be called again after a crash. */
  protected async onFacts(_facts: readonly Fact[]): Promise<void> {}
  /** What is done again and again. */
  protected async routine(): Promise<void> {}
  /** Runs a specific command; resolves with its result, rejects with why not. */
  protected async execute(command: Command, _signal: AbortSignal): Promise<string> {
    throw new PyrosError('COMMAND_UNKNOWN', `${this.name} knows no command "${command.name}".`);
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

  /** One turn of the loop. What goes wrong in it is told and tried again at the next turn. */
  async #iterate(): Promise<void> {
    try {
      if (this.#heartbeatDue) await this.#survey();
      this.#heartbeatDue = false;
      await this.#handleCommands();
      await this.#handleFacts();
      if (this.#routineDue) {
        this.#routineDue = false;
        await this.routine();
      }
    } catch (error) {
      this.log.error(sentenceOf(error), { code: codeOf(error), stack: (error as Error).stack });
      await this.#logRow('error', sentenceOf(error));
    }
    await this.#wake.wait();
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
      this.#handled = last.id;
      if (concerning.length > 0) await this.onFacts(concerning);
      if (concerning.length > 0 && this.#handled > this.#cursor)
        await this.transact(async () => {});
      this.#cursor = last.id;
    }
  }

  /**
   * Does something whole or not at all, facts included. While facts are being handled, the first
   * such transaction also remembers that they were: after a crash they are not handled twice.
   */
  protected async transact<T>(work: (work: Work) => Promise<T>): Promise<T> {
    const handled = this.#handled;
    const result = await this.database.transaction(async (transaction) => {
      const value = await work(this.#asWork(transaction));
      if (handled > this.#cursor) await moveCursor(transaction, this.name, handled);
      return value;
    });
    this.#cursor = Math.max(this.#cursor, handled);
    return result;
  }

  #asWork(transaction: Transaction): Work {
    return {
      engine: transaction.engine,
      tables: transaction.tables,
      announce: transaction.announce,
      takeTurn: transaction.takeTurn,
      fact: (type, payload) =>
        appendFact(transaction, { atMs: this.clock.now(), agent: this.name, type, payload }),
      send: (recipient, order) => {
        const atMs = this.clock.now();
        return insertCommand(transaction, { sender: this.name, recipient, ...order, atMs });
      },
    };
  }

  async #takeUpOrphans(): Promise<void> {
    for (const command of await commandsOf(this.database, {
      recipient: this.name,
      state: 'RUNNING',
    })) {
      if (this.resumes(command)) this.#launch(command);
      else
        await this.#end(command, 'FAILED', {
          code: 'AGENT_DIED',
          text: 'The agent died while it ran.',
        });
    }
  }

  async #handleCommands(): Promise<void> {
    const pending = await commandsOf(this.database, { recipient: this.name, state: 'PENDING' });
    for (const command of pending.filter((one) => isGeneral(one.name))) await this.#handle(command);
    for (const command of pending.filter((one) => !isGeneral(one.name))) {
      if (this.#running) return;
      await this.#handle(command);
    }
  }

  async #handle(command: Command): Promise<void> {
    const admission = admit(command, this.#mode, this.clock.now());
    if (admission !== 'run') {
      await this.#move(command, 'PENDING', admission === 'expire' ? 'EXPIRED' : 'SKIPPED');
      return;
    }
    if (!(await this.#move(command, 'PENDING', 'RUNNING'))) return;
    if (isGeneral(command.name)) await this.#general(command);
    else this.#launch(command);
  }

  #launch(command: Command): void {
    const abort = new AbortController();
    const done = this.#execute(command, abort.signal).finally(() => {
      this.#running = null;
      this.#wake.ring();
    });
    this.#running = { command, abort, done };
  }

  async #execute(command: Command, signal: AbortSignal): Promise<void> {
    try {
      const result = await this.execute(command, signal);
      await this.#end(command, 'EXECUTED', { code: '', text: result });
    } catch (error) {
      // An agent that is stopped leaves its command RUNNING: the next life takes it up or fails it.
      if (this.#stop.signal.aborted) return;
      const killed = signal.aborted;
      await this.#end(command, killed ? 'KILLED' : 'FAILED', {
        code: codeOf(error),
        text: sentenceOf(error),
      }).catch((lost) => this.log.error(sentenceOf(lost)));
    }
  }

  async #general(command: Command): Promise<void> {
    if (command.name === 'exit') this.stop();
    if (command.name === 'abort') this.#running?.abort.abort(abortReason(command));
    if (command.name === 'abort' || command.name === 'flush_commands') await this.#flush(command);
    if (command.name === 'set_mode') this.#mode = command.payload === 'IDLE' ? 'IDLE' : 'ACTIVE';
    const text = command.name === 'get_status' ? `${this.#mode} ${this.#status}` : 'ok';
    await this.#end(command, 'EXECUTED', { code: '', text });
  }

  /** `abort` takes back what its sender asked before it; `flush_commands` takes back everything. */
  async #flush(by: Command): Promise<void> {
    for (const waiting of await commandsOf(this.database, {
      recipient: this.name,
      state: 'PENDING',
    })) {
      if (waiting.id > by.id || isGeneral(waiting.name)) continue;
      if (by.name === 'abort' && waiting.sender !== by.sender) continue;
      await this.#move(waiting, 'PENDING', 'KILLED');
    }
  }

  #move(command: Command, from: CommandState, to: CommandState): Promise<boolean> {
    return this.database.transaction((transaction) =>
      moveCommand(transaction, { id: command.id, from, to, atMs: this.clock.now() }),
    );
  }

  async #end(
    command: Command,
    to: CommandState,
    outcome: { code: string; text: string },
  ): Promise<void> {
    await this.database.transaction((transaction) =>
      moveCommand(transaction, {
        id: command.id,
        from: 'RUNNING',
        to,
        atMs: this.clock.now(),
        result: outcome.text,
        errorCode: outcome.code,
      }),
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
