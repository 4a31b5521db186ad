import { type RawBuilder, sql } from 'kysely';
import type { Transaction } from '#db';
import { type Reader, tablesOf } from './agent-tables-store.ts';
import {
  asCommand,
  type Command,
  type CommandMove,
  insertCommand,
  moveCommand,
  movedRow,
  type NewCommand,
  rowOfNew,
  storable,
} from './command-store.ts';

/**
 * Deposits several commands at once, in this order, and gives their numbers. Their keys are new:
 * nobody used them before.
 */
export async function insertCommands(
  transaction: Transaction,
  commands: readonly (NewCommand & { readonly key: string })[],
): Promise<number[]> {
  const [only] = commands;
  if (only && commands.length === 1) return [await insertCommand(transaction, only)];
  const tables = tablesOf(transaction);
  await tables.insertInto('command').values(commands.map(rowOfNew)).execute();
  const keys = commands.map((command) => command.key);
  const rows = await tables
    .selectFrom('command')
    .select(['id', 'command_key'])
    .where('command_key', 'in', keys)
    .execute();
  const ids = new Map(rows.map((row) => [row.command_key, row.id]));
  for (const { recipient } of commands) transaction.announce(recipient);
  return keys.map((key) => ids.get(key) ?? Number.NaN);
}

/** Reads several commands; null for a number that none has. */
export async function readCommands(
  reader: Reader,
  ids: readonly number[],
): Promise<(Command | null)[]> {
  const found = new Map<number, Command>();
  for (const some of inPieces(ids)) {
    const rows = await tablesOf(reader)
      .selectFrom('command')
      .selectAll()
      .where('id', 'in', some)
      .execute();
    for (const row of rows) found.set(row.id, asCommand(row));
  }
  return ids.map((id) => found.get(id) ?? null);
}

/** Moves several commands, as {@link moveCommand} does each; tells which ones were moved. */
export async function moveCommands(
  transaction: Transaction,
  moves: readonly CommandMove[],
): Promise<boolean[]> {
  const moved = new Set<number>();
  for (const alike of Map.groupBy(moves, shapeOf).values()) {
    for (const some of inPieces(alike)) {
      for (const id of await moveAlike(transaction, some)) moved.add(id);
    }
  }
  return moves.map(({ id }) => moved.has(id));
}

/** Each engine takes so many values in one statement and no more: PostgreSQL 65,535. */
const MOST_AT_ONCE = 250;

function inPieces<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / MOST_AT_ONCE);
  return Array.from({ length: count }, (_, i) =>
    items.slice(i * MOST_AT_ONCE, (i + 1) * MOST_AT_ONCE),
  );
}

/** Moves of one shape write the same columns from the same states. */
function shapeOf({ events, atMs, ...texts }: CommandMove): string {
  return `${events} ${atMs} ${TEXTS.filter((name) => texts[name] !== undefined)}`;
}

const TEXTS = ['result', 'errorCode', 'errorText'] as const;

async function moveAlike(
  transaction: Transaction,
  moves: readonly CommandMove[],
): Promise<readonly number[]> {
  const [first] = moves;
  if (!first) return [];
  if (moves.length === 1) return (await moveCommand(transaction, first)) ? [first.id] : [];
  const { sources, columns } = movedRow(first);
  const tables = tablesOf(transaction);
  const movable = tables
    .selectFrom('command')
    .select('id')
    .where('id', 'in', idsOf(moves))
    .where('state', 'in', sources)
    .orderBy('id');
  // Held until the end, so that what is told of each is true; SQLite has one writer anyway.
  const held = transaction.engine === 'sqlite' ? movable : movable.forUpdate();
  const ids = (await held.execute()).map((row) => row.id);
  if (ids.length === 0) return [];
  const ours = moves.filter((move) => ids.includes(move.id));
  await tables
    .updateTable('command')
    .set({
      ...columns,
      ...('result' in columns ? { result: choice(ours, 'result') } : {}),
      ...('error_code' in columns ? { error_code: choice(ours, 'errorCode') } : {}),
      ...('error_text' in columns ? { error_text: choice(ours, 'errorText') } : {}),
    })
    .where('id', 'in', ids)
    .execute();
  for (const { tell } of ours) transaction.announce(tell);
  return ids;
}

const idsOf = (moves: readonly CommandMove[]) => moves.map((move) => move.id);

/** To each command its own text. */
function choice(moves: readonly CommandMove[], name: (typeof TEXTS)[number]): RawBuilder<string> {
  const cases = moves.map((move) => sql`when ${move.id} then ${storable(move[name] ?? '')}`);
  return sql<string>`case id ${sql.join(cases, sql` `)} end`;
}
