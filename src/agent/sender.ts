import { type Database, isDatabaseTrouble, isDuplicate, isUnsure, type Transaction } from '#db';
import { type Clock, nearestName, PyrosError, uniqueId } from '#platform';
import { Batch } from './batch.ts';
import { insertCommands, readCommands } from './command-batch-store.ts';
import { parseCommandText } from './command-grammar.ts';
import { type Command, insertCommand, type NewCommand } from './command-store.ts';
import { SentCommand } from './sent-command.ts';
import { readSurveys } from './survey-store.ts';

export interface SendOptions {
  /**
   * Not started after this, it is void; 60 s when not said. It counts from the deposit: for the sender by
   * its own watch, for the recipient by its computer's clock. A recipient whose clock is ahead of the
   * sender's takes it for older by as much; keep the clocks of a unit together to a fraction of this.
   */
  readonly validitySeconds?: number;
  /** Not ended so long after its start or its last progress, it is given up; 0: never. */
  readonly timeoutSeconds?: number;
  /** The sender's own name for it: sent again under the same key, it is still one command. */
  readonly key?: string;
}

type KeyedCommand = NewCommand & { readonly key: string };

/** What to ask: a command in words (`eval 2+2`), or by name and payload. */
export type Asked = string | { readonly name: string; readonly payload?: unknown };

const VALIDITY_SECONDS = 60;
/** A database that is away for longer than this, seconds, is told to the caller. */
const PATIENCE_SECONDS = 60;
const RETRY_SECONDS = 0.25;
/** Commands of one sender that are deposited, or looked at, in one go. */
const MOST_AT_ONCE = 64;

/** As wide as the columns. */
const LONGEST_NAME = 50;
const LONGEST_KEY = 100;
/** MariaDB takes 16 MB in one statement when nobody told it otherwise; escaped, text may be twice as long. */
const LONGEST_PAYLOAD = 7_000_000;

export interface SenderParts {
  /** Whoever sends: an agent, or a person's session. */
  readonly name: string;
  readonly database: Database;
  readonly clock: Clock;
  /** How it writes, where not just anybody with that name may: an agent's fenced transactions. */
  readonly transact?: Database['transaction'];
}

/** The sender's side of commands: sends them, and follows each to its end. */
export class Sender {
  readonly #parts: SenderParts;
  /** Names as they were written and as their agents write them: these stay. */
  readonly #names = new Map<string, string>();
  readonly #deposits: Batch<KeyedCommand, number>;
  readonly #readings: Batch<number, Command | null>;

  constructor(parts: SenderParts) {
    this.#parts = parts;
    const { database } = parts;
    this.#deposits = new Batch(MOST_AT_ONCE, (commands) =>
      database.transaction((work) => insertCommands(work, commands)),
    );
    this.#readings = new Batch(MOST_AT_ONCE, (ids) => readCommands(database, ids));
  }

  /**
   * Sends a command and gives it as it was deposited.
   *
   * @throws PyrosError `COMMAND_SYNTAX` when the words cannot be read, `AGENT_UNKNOWN` when nobody has
   * that name, `COMMAND_DUPLICATE` when the key belongs to another command; what the database raises
   * when it stays away for a minute.
   */
  async send(recipient: string, asked: Asked, options: SendOptions = {}): Promise<SentCommand> {
    const { name, database, clock } = this.#parts;
    const { transact = database.transaction.bind(database) } = this.#parts;
    const order = orderOf(asked);
    const { validitySeconds = VALIDITY_SECONDS, timeoutSeconds = 0 } = options;
    if (!(validitySeconds > 0) || !(timeoutSeconds >= 0)) {
      throw new PyrosError('COMMAND_SYNTAX', 'A validity is above 0 s, a time-out 0 s or more.');
    }
    const fault = faultOf(order, options);
    if (fault) throw new PyrosError('COMMAND_SYNTAX', fault);
    const exact = this.#names.get(recipient) ?? (await this.#exactName(recipient));
    const command: KeyedCommand = {
      sender: name,
      recipient: exact,
      name: order.name,
      payload: order.payload ?? null,
      atMs: clock.now(),
      validitySeconds,
      timeoutSeconds,
      key: options.key ?? uniqueId(),
    };
    const id = await this.#deposit(command, options.key === undefined);
    const read = (one: number) => this.#readings.do(one);
    return new SentCommand({ ...this.#parts, transact, read, id, recipient: exact, order });
  }

  /** A key that was just made is not looked for, unless it was deposited before and nobody knows how. */
  async #deposit(command: KeyedCommand, isKeyNew: boolean): Promise<number> {
    const { database, transact } = this.#parts;
    let mayExist = !isKeyNew;
    return await this.#patiently(async () => {
      const isSure = !mayExist;
      mayExist = true;
      // An agent's own transaction may hold more than the command: it is not shared.
      if (isSure && !transact) return await this.#deposits.do(command);
      const insert = (work: Transaction) => insertCommand(work, { ...command, mayExist: !isSure });
      return await (transact ? transact(insert) : database.transaction(insert));
    });
  }

  /** The name as its agent writes it. */
  async #exactName(wanted: string): Promise<string> {
    const surveys = await this.#patiently(() => readSurveys(this.#parts.database));
    const names = surveys.map((survey) => survey.name);
    const exact =
      names.find((name) => name === wanted) ??
      names.find((name) => name.toLowerCase() === wanted.toLowerCase());
    if (exact) {
      this.#names.set(wanted, exact);
      return exact;
    }
    const nearest = nearestName(wanted, names);
    const guess = nearest ? `Did you mean ${nearest}? ` : '';
    const remedy =
      names.length === 0 ? 'No agent was ever started.' : `${guess}There are ${names.join(', ')}.`;
    throw new PyrosError('AGENT_UNKNOWN', `There is no agent "${wanted}".`, { remedy });
  }

  /** A database that is busy, away or silent is asked again: a key makes that one command. */
  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    const { clock } = this.#parts;
    const endMs = clock.monotonic() + clock.allow(PATIENCE_SECONDS) * 1000;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        // A duplicate: somebody deposited under the same key at the same moment, and is found now.
        const mayPass = isDatabaseTrouble(error) || isUnsure(error) || isDuplicate(error);
        if (!mayPass || clock.monotonic() > endMs) throw error;
        await clock.sleep(clock.period(RETRY_SECONDS));
      }
    }
  }
}

/** What no database keeps, or not every one: told before anything is sent; null when all is well. */
function faultOf(order: { name: string; payload?: unknown }, { key }: SendOptions): string | null {
  const { length } = JSON.stringify(order.payload ?? null);
  if (length > LONGEST_PAYLOAD) {
    return `The payload has ${length} characters: send at most ${LONGEST_PAYLOAD}.`;
  }
  if (order.name === '' || order.name.length > LONGEST_NAME) {
    return `The name of a command has 1 to ${LONGEST_NAME} characters.`;
  }
  if (key === undefined || (key.length > 0 && key.length <= LONGEST_KEY)) return null;
  return `A key has 1 to ${LONGEST_KEY} characters.`;
}

function orderOf(asked: Asked): { name: string; payload?: unknown } {
  if (typeof asked !== 'string') return asked;
  const reading = parseCommandText(asked);
  if (reading.ok) return reading.order;
  throw new PyrosError('COMMAND_SYNTAX', reading.error);
}
