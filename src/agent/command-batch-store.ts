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
  const rows = await tablesOf(reader)
    .selectFrom('command')
    .selectAll()
    .where('id', 'in', ids)
    .execute();
  const found = new Map(rows.map((row) => [row.id, asCommand(row)]));
  return ids.map((id) => found.get(id) ?? null);
}

/** Moves several commands, as {@link moveCommand} does each; tells which ones were moved. */
export async function moveCommands(
  transaction: Transaction,
  moves: readonly CommandMove[],
): Promise<boolean[]> {
  const moved = new Set<number>();
  for (const alike of Map.groupBy(moves, shapeOf).values()) {
    for (const id of await moveAlike(transaction, alike)) moved.add(id);
  }
  return moves.map(({ id }) => moved.has(id));
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
  const cases = moves.map((move) => sql`when ${move.id} then ${move[name] ?? ''}`);
  return sql<string>`case id ${sql.join(cases, sql` `)} end`;
}
