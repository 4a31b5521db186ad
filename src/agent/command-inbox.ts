import type { Database } from '#db';
import { isDatabaseTrouble, isUnsure, type Transaction } from '#db';
import { type Clock, codeOf, type Logger, PyrosError, sentenceOf } from '#platform';
import type { AgentMode, CommandEvent } from './command.ts';
import { afterAll, GENERAL_COMMANDS, isEnded, isGeneral } from './command.ts';
import { moveCommands, readCommands } from './command-batch-store.ts';
import {
  type Decision as DecisionOn,
  decide,
  modeOf,
  type Recipient,
  reasonIn,
  type Verdict,
  verdictOn,
} from './command-desk.ts';
import {
  type Command,
  type CommandMove,
  commandsOf,
  moveCommand,
  readCommand,
  writeProgress,
} from './command-store.ts';
import { type Ending, killed, unwritable } from './ending.ts';

type Decision = DecisionOn<Command>;

/** What a specific command is given while it runs. */
export interface Run {
  /** Aborted when the command is to end at once. */
  readonly signal: AbortSignal;
  /** Says how far it is: seen by its sender, whose patience begins anew. */
  readonly progress: (text: string) => Promise<void>;
}

interface Running {
  readonly command: Command;
  readonly abort: AbortController;
  done: Promise<void>;
  progress: string;
}

/** What the agent offers to its inbox. */
export interface Duty {
  readonly name: string;
  readonly clock: Clock;
  readonly database: Database;
  readonly log: Logger;
  /** A transaction that only the newest life of the agent may make. */
  readonly transact: <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>;
  /** Busy here: it takes no specific command for now, whether one runs or not. */
  readonly recipient: () => Recipient;
  readonly execute: (command: Command, run: Run) => Promise<string>;
  /** Whether a command left RUNNING by a death is taken up again. */
  readonly resumes: (command: Command) => boolean;
  /** Remembers a mode over a death, in the transaction that says it is set. */
  readonly keepMode: (transaction: Transaction, mode: AgentMode) => Promise<void>;
  /** A general command was answered: do what it asks. */
  readonly obey: (command: Command) => void;
  readonly ring: () => void;
  /** The agent ends: what runs is left as it is for its next life. */
  readonly isLeaving: () => boolean;
}

/** The end of a command that the database did not take is written again after this. */
const RETRY_SECONDS = 1;
/** Within this after it was decided, seconds, a start is surely that of the newest life. */
const PROMPT_SECONDS = 5;
/** Refused so often without being away, the database will not take it. */
const MOST_REFUSALS = 10;
/** So many that wait are looked at in one go, however many there are; and all general ones. */
const MOST_LOOKED_AT = 250;

/** The recipient's side of commands: finds them, decides, runs one beside the agent's loop. */
export class CommandInbox {
  readonly #duty: Duty;
  #running: Running | null = null;
  /** Counts what begins and ends here, so that a look knows whether it is out of date. */
  #events = 0;
  /** Decisions are being written. */
  #isSettling = false;
  /** How many announcements there were at the last look. */
  #lookedAt: number | null = null;
  /** What the last look found runs here or was settled, and nothing began or ended since. */
  #isClear = false;

  constructor(duty: Duty) {
    this.#duty = duty;
  }

  get running(): Command | null {
    return this.#running?.command ?? null;
  }

  /** Resolves when nothing runs. */
  async idle(): Promise<void> {
    await this.#running?.done;
  }

  /** Ends what runs, if anything does. */
  abort(reason: PyrosError): void {
    this.#running?.abort.abort(reason);
  }

  /** Finds what waits and does with it what is decided. Gives how many commands were settled. */
  async handleAll(): Promise<number> {
    const { announcements } = this.#duty.database;
    const isNews = announcements === null || announcements !== this.#lookedAt;
    if (this.#isClear && !isNews) return 0;
    const waiting = await this.#look();
    if (waiting.length === 0) return 0;
    const decisions = decide(waiting, this.#recipient(), this.#duty.clock.now());
    await this.#apply(decisions);
    // Where not all were looked at, the next have moved up.
    if (decisions.length > 0 && waiting.length >= MOST_LOOKED_AT) this.#duty.ring();
    return decisions.length;
  }

  /** Settles what cannot be run, and gives the next one that can; it stays PENDING. */
  async nextValid(): Promise<Command | null> {
    const decisions = decide(await this.#look(), this.#recipient(), this.#duty.clock.now());
    const isValid = ({ verdict }: Decision) => verdict.kind === 'run' || verdict.kind === 'answer';
    await this.#apply(decisions.filter((one) => !isValid(one)));
    return decisions.find(isValid)?.command ?? null;
  }

  /** Does one command that `nextValid` gave; resolves when it is answered or has ended. */
  async process(command: Command): Promise<void> {
    const verdict = verdictOn(command, this.#recipient(), this.#duty.clock.now());
    if (verdict) await this.#apply([{ command, verdict }]);
    if (!isGeneral(command.name)) await this.idle();
  }

  /** Commands that a dead life left RUNNING: taken up, or failed. Gives them. */
  async takeUpOrphans(): Promise<readonly Command[]> {
    const { name: recipient, database } = this.#duty;
    const orphans = await commandsOf(database, { recipient, states: ['RUNNING'] });
    for (const command of orphans.filter((one) => one.id !== this.#running?.command.id)) {
      if (!this.#running && this.#duty.resumes(command)) {
        this.#launch(command);
        continue;
      }
      const errorText = 'The agent died while it ran.';
      const ending = { result: command.progress, errorCode: 'AGENT_DIED', errorText };
      await this.#move(command, { events: ['fail'], ...ending });
    }
    return orphans;
  }

  /** Marks what waits for longer than it is valid: nothing is deleted. Gives those commands. */
  async purge(): Promise<readonly Command[]> {
    const { name: recipient, database, clock } = this.#duty;
    const waiting = await commandsOf(database, { recipient, states: ['PENDING'] });
    const nowMs = clock.now();
    const old = waiting.filter(({ depositMs, validitySeconds }) => {
      return nowMs - depositMs > validitySeconds * 1000;
    });
    const text = 'It waited too long for its recipient.';
    const verdict = { kind: 'expire', code: 'COMMAND_EXPIRED', text } as const;
    await this.#apply(old.map((command) => ({ command, verdict })));
    return old;
  }

  /** Something begins or ends here: the last look is out of date. */
  #changed(): void {
    this.#events++;
    this.#isClear = false;
  }

  #recipient(): Recipient {
    const recipient = this.#duty.recipient();
    return { ...recipient, isBusy: recipient.isBusy || this.#running !== null };
  }

  /** What waits; whatever was taken from us meanwhile is stopped. */
  async #look(): Promise<readonly Command[]> {
    const { running: before, events } = { running: this.#running, events: this.#events };
    this.#isClear = false;
    this.#lookedAt = this.#duty.database.announcements;
    const found = await this.#find();
    const isStillOurs = found.some(({ id }) => id === before?.command.id);
    if (before && before === this.#running && !isStillOurs) await this.#stopTaken(before);
    const stray = found.find((command) => command.state === 'RUNNING');
    const isQuiet = !before && !this.#isSettling && events === this.#events;
    if (stray && isQuiet && !this.#recipient().isBusy) await this.#begin(stray);
    const isOurs = ({ id }: Command) => id === this.#running?.command.id;
    this.#isClear = events === this.#events && found.every(isOurs);
    return found.filter((command) => command.state === 'PENDING');
  }

  /** The oldest that wait or run; all of them where one may take back what was sent before it. */
  async #find(): Promise<readonly Command[]> {
    const { name: recipient, database } = this.#duty;
    const all = { recipient, states: ['PENDING', 'RUNNING'] } as const;
    const found = await commandsOf(database, { ...all, limit: MOST_LOOKED_AT });
    if (found.length < MOST_LOOKED_AT) return found;
    const general = await commandsOf(database, { ...all, names: GENERAL_COMMANDS });
    if (general.some(({ name }) => TAKING_BACK.includes(name))) {
      return await commandsOf(database, all);
    }
    const known = new Set(found.map(({ id }) => id));
    return [...found, ...general.filter(({ id }) => !known.has(id))];
  }

  /**
   * Started in the database and not here: its commit was in doubt and was made after all, or was long in
   * coming. It begins now, if this is still the life that started it.
   */
  async #begin(stray: Command): Promise<void> {
    if (this.#duty.isLeaving()) return;
    const command = await this.#duty.transact((work) => readCommand(work, stray.id));
    if (command?.state === 'RUNNING' && !this.#running) this.#launch(command);
  }

  /** Its sender lost patience: nobody waits for what it still does. */
  async #stopTaken(running: Running): Promise<void> {
    const row = await readCommand(this.#duty.database, running.command.id);
    if (row && !isEnded(row.state)) return;
    const sentence = `command ${running.command.id} was given up by ${running.command.sender}`;
    running.abort.abort(new PyrosError('COMMAND_GIVEN_UP', sentence));
  }

  async #apply(decisions: readonly Decision[]): Promise<void> {
    if (decisions.length === 0) return;
    this.#isSettling = true;
    this.#changed();
    const { clock, ring } = this.#duty;
    const promptMs = clock.monotonic() + clock.allow(PROMPT_SECONDS) * 1000;
    const applied = await this.#settle(decisions).finally(() => (this.#isSettling = false));
    const isPrompt = clock.monotonic() <= promptMs;
    for (const [i, { command, verdict }] of decisions.entries()) {
      if (!applied[i]) continue;
      if (verdict.kind === 'run') {
        // Held up for so long, it may have lost its name: it begins as a stray, which proves the name.
        if (isPrompt) this.#launch(command);
        else ring();
      }
      if (verdict.kind === 'answer') this.#obey(command);
    }
  }

  /** Writes all decisions, whole or not at all; tells which commands were still there to move. */
  async #settle(decisions: readonly Decision[]): Promise<readonly boolean[]> {
    const atMs = this.#duty.clock.now();
    const moves = decisions.map((decision) => moveOf(decision, atMs));
    try {
      return await this.#duty.transact(async (transaction) => {
        const applied = await moveCommands(transaction, moves);
        const mode = lastMode(decisions.filter((_, i) => applied[i]));
        if (mode) await this.#duty.keepMode(transaction, mode);
        return applied;
      });
    } catch (error) {
      if (!isUnsure(error)) throw error;
      return await this.#lookWhatHappened(moves);
    }
  }

  /** The connection broke during the commit: the rows tell whether it was made. */
  async #lookWhatHappened(moves: readonly CommandMove[]): Promise<readonly boolean[]> {
    const { database, clock } = this.#duty;
    for (;;) {
      try {
        const rows = await readCommands(
          database,
          moves.map(({ id }) => id),
        );
        return rows.map((row, i) => {
          const to = afterAll('PENDING', moves[i]?.events ?? []);
          return row !== null && row.state === to;
        });
      } catch (error) {
        if (this.#duty.isLeaving()) throw error;
        await clock.sleep(clock.period(RETRY_SECONDS));
      }
    }
  }

  #obey(command: Command): void {
    if (command.name === 'abort') this.abort(abortReason(command));
    this.#duty.obey(command);
  }

  #launch(command: Command): void {
    const abort = new AbortController();
    const running: Running = { command, abort, done: Promise.resolve(), progress: '' };
    this.#running = running;
    this.#changed();
    running.done = this.#execute(running).finally(() => {
      this.#running = null;
      this.#changed();
      this.#duty.ring();
    });
  }

  async #execute(running: Running): Promise<void> {
    let ending = await this.#outcome(running);
    const { clock, log } = this.#duty;
    const { command } = running;
    // An agent that is stopped leaves its command RUNNING: the next life takes it up or fails it.
    for (let refusals = 0; ending; ) {
      try {
        await this.#move(command, ending);
        return;
      } catch (error) {
        log.error(`the end of command ${command.id} is not written: ${sentenceOf(error)}`);
        if (this.#duty.isLeaving()) return;
        if (!isDatabaseTrouble(error) && !isUnsure(error)) refusals++;
        if (refusals === MOST_REFUSALS) ending = unwritable(ending, error);
        await clock.sleep(clock.period(RETRY_SECONDS));
      }
    }
  }

  /** How a command ended; null when it was left because the agent stops. */
  async #outcome(running: Running): Promise<Ending | null> {
    const { command, abort } = running;
    const { signal } = abort;
    const progress = (text: string) => this.#progress(running, text);
    try {
      const result = await this.#duty.execute(command, { signal, progress });
      return { events: ['finish'], result, errorCode: '', errorText: '' };
    } catch (error) {
      if (signal.aborted) return killed(running.progress, signal.reason);
      if (this.#duty.isLeaving()) return null;
      const errorText = sentenceOf(error);
      return { events: ['fail'], result: running.progress, errorCode: codeOf(error), errorText };
    }
  }

  async #progress(running: Running, text: string): Promise<void> {
    running.progress = text;
    const { id, sender } = running.command;
    const atMs = this.#duty.clock.now();
    try {
      await this.#duty.transact((transaction) =>
        writeProgress(transaction, { id, sender, progress: text, atMs }),
      );
    } catch (error) {
      // Progress is a courtesy: the command goes on without.
      this.#duty.log.warn(`progress of command ${id} is not written: ${sentenceOf(error)}`);
    }
  }

  #move(command: Command, ending: Ending): Promise<boolean> {
    const move = { id: command.id, atMs: this.#duty.clock.now(), tell: command.sender, ...ending };
    return this.#duty.transact((transaction) => moveCommand(transaction, move));
  }
}

/** Commands that end what others of them wait for. */
const TAKING_BACK: readonly string[] = ['abort', 'flush_commands'];

/** The mode that the last `set_mode` which was answered asked for. */
function lastMode(decisions: readonly Decision[]): AgentMode | null {
  const isSetting = ({ command, verdict }: Decision) =>
    command.name === 'set_mode' && verdict.kind === 'answer';
  return modeOf(decisions.filter(isSetting).at(-1)?.command.payload);
}

const EVENTS: Readonly<Record<Verdict['kind'], readonly CommandEvent[]>> = {
  run: ['start'],
  answer: ['start', 'finish'],
  fail: ['start', 'fail'],
  expire: ['expire'],
  skip: ['skip'],
  refuse: ['refuse'],
  kill: ['kill'],
};

function moveOf({ command, verdict }: Decision, atMs: number): CommandMove {
  const move = { id: command.id, events: EVENTS[verdict.kind], atMs, tell: command.sender };
  if (verdict.kind === 'run') return move;
  if (verdict.kind === 'answer') return { ...move, result: verdict.result };
  return { ...move, errorCode: verdict.code, errorText: verdict.text };
}

function abortReason(command: Command): PyrosError {
  const why = reasonIn(command.payload);
  const sentence = `aborted by ${command.sender}${why && `: ${why}`}`;
  // What else the order says is for who is aborted.
  return new PyrosError('ABORTED', sentence, { cause: command.payload ?? undefined });
}
