import { type Database, isDatabaseTrouble, isUnsure } from '#db';
import { type Clock, iso, Wake } from '#platform';
import { type CommandState, isEnded } from './command.ts';
import { formatCommand } from './command-grammar.ts';
import { type Command, type CommandMove, moveCommand } from './command-store.ts';
import { SILENCE_SECONDS } from './name-claim.ts';
import { SilenceWatch } from './silence-watch.ts';
import { isAlive, readSurvey } from './survey-store.ts';

/** How a command ended, as its sender sees it. */
export interface Outcome {
  readonly state: CommandState;
  readonly result: string;
  readonly errorCode: string;
  readonly errorText: string;
}

interface Parts {
  readonly name: string;
  readonly database: Database;
  readonly clock: Clock;
  readonly transact: Database['transaction'];
  /** Reads a command: together with others of the same sender, when there are. */
  readonly read: (id: number) => Promise<Command | null>;
  readonly id: number;
  readonly recipient: string;
  readonly order: { readonly name: string; readonly payload?: unknown };
}

/** With the database away, a sender looks again this often, seconds. */
const RETRY_SECONDS = 0.5;
/**
 * It is looked at this often, seconds, even when nobody says that it changed: whoever was to say so may
 * have died in between.
 */
const LOOK_SECONDS = 5;
/** A running command without a time-out is given up when its recipient is silent for so long. */
const LOST_SECONDS = 120;
/** So often it is asked for, seconds. */
const LIFE_SIGN_SECONDS = 30;

/**
 * A command in the hands of its sender: what is known of it, its end, and the sender's patience.
 * A command that was not started in time it marks EXPIRED, one that takes too long TIMEDOUT.
 */
export class SentCommand {
  readonly id: number;
  readonly sender: string;
  readonly recipient: string;
  readonly name: string;
  readonly #parts: Parts;
  #row: Command | null = null;
  /** What it was when it last changed, and when that was, by the sender's own watch. */
  #seen = { word: '', atMs: 0 };
  /** When its recipient was last found alive, by the same watch. */
  #heardMs = 0;
  /** How old it was when it was first looked at, and when that was, by the same watch. */
  #first: { ageMs: number; atMs: number } | null = null;
  readonly #silence: SilenceWatch;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.id = parts.id;
    this.sender = parts.name;
    this.recipient = parts.recipient;
    this.name = parts.order.name;
    this.#silence = new SilenceWatch(parts.clock, LIFE_SIGN_SECONDS);
  }

  get state(): CommandState {
    return this.#row?.state ?? 'PENDING';
  }

  /** The state as the guide writes it: `CMD_EXECUTED`. */
  get receiverStatusCode(): string {
    return `CMD_${this.state}`;
  }

  get result(): string {
    return this.#row?.result ?? '';
  }

  get progress(): string {
    return this.#row?.progress ?? '';
  }

  get errorCode(): string {
    return this.#row?.errorCode ?? '';
  }

  get errorText(): string {
    return this.#row?.errorText ?? '';
  }

  /** Reads it again from the database. */
  async refresh(): Promise<this> {
    const { read, clock } = this.#parts;
    this.#row = (await read(this.id)) ?? this.#row;
    if (this.#row && !this.#first) {
      const ageMs = Math.max(0, clock.now() - this.#row.depositMs);
      this.#first = { ageMs, atMs: clock.monotonic() };
    }
    const word = `${this.state} ${this.#row?.progressMs} ${this.progress}`;
    if (word !== this.#seen.word) {
      this.#seen = { word, atMs: clock.monotonic() };
      this.#heardMs = clock.monotonic();
    }
    return this;
  }

  /** Its result as it is now. */
  async getUpdatedResult(): Promise<string> {
    return (await this.refresh()).result;
  }

  /**
   * Waits for its end; rejects with the signal's reason when aborted, and with nothing else: an
   * unhappy end is an outcome, and a database that is away is waited for.
   */
  async ended(signal?: AbortSignal): Promise<Outcome> {
    const { database, name } = this.#parts;
    const wake = new Wake();
    const stopListening = database.onChange(() => wake.ring(), name);
    try {
      for (;;) {
        signal?.throwIfAborted();
        const patienceSeconds = await this.#look();
        if (patienceSeconds === null) return this.#outcome();
        const seconds = Math.min(patienceSeconds, this.#parts.clock.period(LOOK_SECONDS));
        await this.#rest(seconds, wake, signal);
      }
    } finally {
      stopListening();
    }
  }

  /** Looks at it, and gives it up when that is due. Seconds until it is; null when it has ended. */
  async #look(): Promise<number | null> {
    try {
      await this.refresh();
      if (isEnded(this.state)) return null;
      const left = this.#patienceSeconds();
      if (left > 0) return left;
      await this.#giveUp();
      await this.refresh();
      return isEnded(this.state) ? null : this.#parts.clock.period(RETRY_SECONDS);
    } catch (error) {
      if (!isDatabaseTrouble(error) && !isUnsure(error)) throw error;
      return this.#parts.clock.period(RETRY_SECONDS);
    }
  }

  #patienceSeconds(): number {
    const { clock } = this.#parts;
    const row = this.#row;
    if (!row) return 1;
    if (row.state === 'PENDING') {
      const { ageMs, atMs } = this.#first ?? { ageMs: 0, atMs: clock.monotonic() };
      return row.validitySeconds - (ageMs + clock.monotonic() - atMs) / 1000;
    }
    if (row.timeoutSeconds === 0) {
      return LIFE_SIGN_SECONDS - (clock.monotonic() - this.#heardMs) / 1000;
    }
    return row.timeoutSeconds - (clock.monotonic() - this.#seen.atMs) / 1000;
  }

  async #giveUp(): Promise<void> {
    const { transact, clock } = this.#parts;
    const row = this.#row;
    if (!row || (await this.#mayStillEnd(row))) return;
    const move: Omit<CommandMove, 'events'> = {
      id: this.id,
      atMs: clock.now(),
      tell: row.recipient,
    };
    const ending =
      row.state === 'PENDING'
        ? { events: ['expire'] as const, ...(await this.#whyExpired(row)) }
        : { events: ['timeout'] as const, result: row.progress, ...whyTimedOut(row) };
    await transact((transaction) => moveCommand(transaction, { ...move, ...ending }));
  }

  /** Without a time-out, a command runs for as long as its recipient, or a next life of it, lives. */
  async #mayStillEnd(row: Command): Promise<boolean> {
    if (row.state !== 'RUNNING' || row.timeoutSeconds > 0) return false;
    const { database, clock } = this.#parts;
    const survey = await readSurvey(database, row.recipient);
    const { incarnation = 0, atMs = 0, status = '' } = survey ?? {};
    const word = `${incarnation} ${atMs} ${status}`;
    if (this.#silence.silentSeconds(word) > clock.allow(LOST_SECONDS)) return false;
    this.#heardMs = clock.monotonic();
    return true;
  }

  /** "It failed" and "it never arrived" are different things to know. */
  async #whyExpired(row: Command): Promise<{ errorCode: string; errorText: string }> {
    const { database, clock } = this.#parts;
    const survey = await readSurvey(database, row.recipient);
    const heardMs = survey ? clock.now() - survey.atMs : Number.POSITIVE_INFINITY;
    const isSilent = heardMs > clock.allow(SILENCE_SECONDS) * 1000;
    if (survey && !isSilent && isAlive(survey, clock.now())) {
      const errorText = `${row.recipient} did not start it within ${row.validitySeconds} s: it is ${survey.status}.`;
      return { errorCode: 'COMMAND_EXPIRED', errorText };
    }
    const last = survey?.pid ? `; last heard ${iso(survey.atMs)}` : '';
    const status = survey?.status ?? 'unknown';
    const errorText = `${row.recipient} does not run (${status}${last}). Start it: ./pyros start ${row.recipient}.`;
    return { errorCode: 'RECIPIENT_SILENT', errorText };
  }

  async #rest(seconds: number, wake: Wake, signal: AbortSignal | undefined): Promise<void> {
    const enough = new AbortController();
    const either = signal ? AbortSignal.any([signal, enough.signal]) : enough.signal;
    // A validity counts to the millisecond: one more, and it is over.
    const timer = this.#parts.clock.sleep(seconds + 0.001, either).catch(() => undefined);
    await wake.waitOr(timer);
    enough.abort();
    await timer;
  }

  #outcome(): Outcome {
    const { state, result, errorCode, errorText } = this;
    return { state, result, errorCode, errorText };
  }

  toString(): string {
    const at = this.#row ? ` at ${iso(this.#row.depositMs)}` : '';
    const text = formatCommand({ payload: null, ...this.#parts.order });
    return `<Command: Command '${text}' (${this.receiverStatusCode}) sent by agent ${this.sender} to agent ${this.recipient}${at}>`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

function whyTimedOut({ timeoutSeconds, recipient }: Command): {
  errorCode: string;
  errorText: string;
} {
  if (timeoutSeconds > 0) {
    const errorText = `It ran for more than ${timeoutSeconds} s without an end or a word.`;
    return { errorCode: 'COMMAND_TIMEDOUT', errorText };
  }
  const errorText = `${recipient} fell silent while it ran, and no next life took it up.`;
  return { errorCode: 'RECIPIENT_SILENT', errorText };
}
