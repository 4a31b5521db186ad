import { askedOften, insertRow, type Transaction } from '#db';
import { iso, PyrosError, parseIso } from '#platform';
import { type AgentTables, type Reader, tablesOf } from './agent-tables-store.ts';
import { afterAll, type CommandEvent, type CommandState, sourcesOf } from './command.ts';

/** A command as its two ends see it. */
export interface Command {
  readonly id: number;
  readonly sender: string;
  readonly recipient: string;
  readonly name: string;
  readonly payload: unknown;
  /** False when the row does not hold JSON: `payload` is then its text. */
  readonly readable: boolean;
  readonly depositMs: number;
  /** Not started so long after its deposit, it is void. */
  readonly validitySeconds: number;
  /** Not ended so long after its start or its last progress, its sender gives it up; 0: never. */
  readonly timeoutSeconds: number;
  readonly startMs: number | null;
  readonly progressMs: number | null;
  readonly state: CommandState;
  readonly progress: string;
  /** What it gave; of one that was killed, how far it came. */
  readonly result: string;
  readonly errorCode: string;
  /** Why it did not end well. */
  readonly errorText: string;
}

export interface NewCommand {
  readonly sender: string;
  readonly recipient: string;
  readonly name: string;
  readonly payload: unknown;
  readonly atMs: number;
  readonly validitySeconds: number;
  readonly timeoutSeconds?: number;
  /** The sender's own name for it: the same key sent twice is one command. */
  readonly key?: string | undefined;
  /** Whether the key may have been used before: then it is looked for. */
  readonly mayExist?: boolean;
}

/**
 * Deposits a command and gives its number; its recipient is woken at the end of the transaction.
 *
 * @throws PyrosError `COMMAND_DUPLICATE` when its key names another command already.
 */
export async function insertCommand(
  transaction: Transaction,
  command: NewCommand,
): Promise<number> {
  const { recipient, key } = command;
  if (key !== undefined && command.mayExist) {
    const known = await knownByKey(transaction, { ...command, key });
    if (known !== null) {
      // Whoever deposited it may have been cut off before its recipient was told.
      transaction.announce(recipient);
      return known;
    }
  }
  const id = await insertRow(transaction, 'command', rowOfNew(command));
  transaction.announce(recipient);
  return id;
}

/** The row of a command as it is deposited. */
export function rowOfNew(command: NewCommand) {
  return {
    sender: command.sender,
    recipient: command.recipient,
    command_key: command.key ?? null,
    name: command.name,
    payload: JSON.stringify(command.payload ?? null),
    deposit_time: iso(command.atMs),
    validity_seconds: command.validitySeconds,
    timeout_seconds: command.timeoutSeconds ?? 0,
    state: 'PENDING',
    progress: '',
    result: '',
    error_code: '',
    error_text: '',
  };
}

async function knownByKey(
  transaction: Transaction,
  command: NewCommand & { key: string },
): Promise<number | null> {
  const row = await tablesOf(transaction)
    .selectFrom('command')
    .select(['id', 'sender', 'recipient', 'name', 'payload'])
    .where('command_key', '=', command.key)
    .executeTakeFirst();
  if (!row) return null;
  const same =
    row.sender === command.sender &&
    row.recipient === command.recipient &&
    row.name === command.name &&
    row.payload === JSON.stringify(command.payload ?? null);
  if (same) return row.id;
  throw new PyrosError(
    'COMMAND_DUPLICATE',
    `The key "${command.key}" belongs to another command: number ${row.id}, ${row.name} to ${row.recipient}.`,
    { remedy: 'Choose another key, or leave it out.' },
  );
}

/** Commands to one recipient in any of these states (and of these names), the oldest first. */
export async function commandsOf(
  reader: Reader,
  where: {
    readonly recipient: string;
    readonly states: readonly CommandState[];
    readonly names?: readonly string[];
    /** So many and no more; all when not said. */
    readonly limit?: number;
  },
): Promise<Command[]> {
  const { names, recipient, states, limit } = where;
  if (!names) {
    const { rows } = await selectCommands(reader, { recipient, limit, ...{ ...states } });
    return rows.map(asCommand);
  }
  const rows = await tablesOf(reader)
    .selectFrom('command')
    .selectAll()
    .where('recipient', '=', recipient)
    .where('state', 'in', states)
    .where('name', 'in', names)
    .orderBy('id')
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .execute();
  return rows.map(asCommand);
}

/** Whatever has neither name is a state. */
const selectCommands = askedOften(
  (reader: Reader, { recipient, limit, ...states }: Record<string, unknown>) =>
    tablesOf(reader)
      .selectFrom('command')
      .selectAll()
      .where('recipient', '=', recipient as string)
      .where('state', 'in', Object.values(states) as string[])
      .orderBy('id')
      .$if(limit !== undefined, (query) => query.limit(limit as number)),
);

export async function readCommand(reader: Reader, id: number): Promise<Command | null> {
  const [row] = (await selectCommand(reader, { id })).rows;
  return row ? asCommand(row) : null;
}

const selectCommand = askedOften((reader: Reader, { id }: { id: number }) =>
  tablesOf(reader).selectFrom('command').selectAll().where('id', '=', id),
);

/** The latest commands, newest first. */
export async function latestCommands(reader: Reader, limit: number): Promise<Command[]> {
  const rows = await tablesOf(reader)
    .selectFrom('command')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(asCommand);
}

/** A step, or several at once, in the life of a command. */
export interface CommandMove {
  readonly id: number;
  /** What happens to it, in this order. */
  readonly events: readonly CommandEvent[];
  readonly atMs: number;
  readonly result?: string;
  readonly errorCode?: string;
  readonly errorText?: string;
  /** Whoever wants to know of it: the other end. */
  readonly tell?: string;
}

/**
 * Moves a command along its life, if it is still where that can happen: whoever comes second changes
 * nothing and gets false.
 */
export async function moveCommand(transaction: Transaction, move: CommandMove): Promise<boolean> {
  const { sources, columns } = movedRow(move);
  const done = await tablesOf(transaction)
    .updateTable('command')
    .set(columns)
    .where('id', '=', move.id)
    .where('state', 'in', sources)
    .executeTakeFirst();
  transaction.announce(move.tell);
  return Number(done.numUpdatedRows) > 0;
}

/** In which states a command can be moved so, and what is written then. */
export function movedRow(move: CommandMove) {
  const sources = sourcesOf(move.events);
  const [source] = sources;
  const to = source && afterAll(source, move.events);
  if (!to) throw new RangeError(`no command can ${move.events.join(' and ')}`);
  const at = iso(move.atMs);
  const columns = {
    state: to,
    ...(isReading(move.events) ? { r_read_time: at } : {}),
    ...(move.events.includes('start') ? { r_start_time: at } : {}),
    ...(to === 'RUNNING' ? {} : { r_end_time: at }),
    ...(move.result === undefined ? {} : { result: storable(move.result) }),
    ...(move.errorCode === undefined ? {} : { error_code: move.errorCode.slice(0, LONGEST_CODE) }),
    ...(move.errorText === undefined ? {} : { error_text: storable(move.errorText) }),
  };
  return { sources, columns };
}

/** As wide as the column. */
const LONGEST_CODE = 50;

/** PostgreSQL keeps no NUL in a text: one would keep the whole command from its end. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}

/** The recipient took it from the box, to run it or to turn it away. */
function isReading(events: readonly CommandEvent[]): boolean {
  return ['start', 'skip', 'refuse'].includes(events[0] ?? '');
}

/** Says how far a running command is, which renews its sender's patience; false when it has ended. */
export async function writeProgress(
  transaction: Transaction,
  command: { id: number; sender: string; progress: string; atMs: number },
): Promise<boolean> {
  const done = await tablesOf(transaction)
    .updateTable('command')
    .set({ progress: storable(command.progress), progress_time: iso(command.atMs) })
    .where('id', '=', command.id)
    .where('state', '=', 'RUNNING')
    .executeTakeFirst();
  transaction.announce(command.sender);
  return Number(done.numUpdatedRows) > 0;
}

type CommandRow = Pick<
  AgentTables['command'],
  | 'sender'
  | 'recipient'
  | 'name'
  | 'payload'
  | 'deposit_time'
  | 'validity_seconds'
  | 'timeout_seconds'
  | 'state'
  | 'progress'
  | 'result'
  | 'error_code'
  | 'error_text'
> & { id: number; r_start_time: string | null; progress_time: string | null };

/** A row as its readers know it. */
export function asCommand(row: CommandRow): Command {
  return {
    id: row.id,
    sender: row.sender,
    recipient: row.recipient,
    name: row.name,
    ...payloadOf(row.payload),
    depositMs: instantOf(row.deposit_time),
    validitySeconds: row.validity_seconds,
    timeoutSeconds: row.timeout_seconds,
    startMs: row.r_start_time === null ? null : instantOf(row.r_start_time),
    progressMs: row.progress_time === null ? null : instantOf(row.progress_time),
    state: row.state as CommandState,
    progress: row.progress,
    result: row.result,
    errorCode: row.error_code,
    errorText: row.error_text,
  };
}

/** UTC ms. One that cannot be read is long ago: its command is void, and keeps no other from its turn. */
function instantOf(text: string): number {
  try {
    return parseIso(text);
  } catch {
    return 0;
  }
}

/** Anybody with a console may have written the row. */
function payloadOf(text: string): { payload: unknown; readable: boolean } {
  try {
    return { payload: JSON.parse(text), readable: true };
  } catch {
    return { payload: text, readable: false };
  }
}
