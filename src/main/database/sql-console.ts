import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { type Kysely, sql } from 'kysely';
import { openDatabase } from '#db';
import { sentenceOf } from '#platform';
import { type Place, shownAddress } from './database-place.ts';
import { splitStatements } from './split-statements.ts';
import { textTable } from './text-table.ts';

type Rows = readonly Readonly<Record<string, unknown>>[];
/** Runs one statement; gives its rows, or how many rows it changed. */
type Ask = (statement: string) => Promise<Rows | number>;

/** One statement, or a session on standard input; statements end in `;`. Gives the exit code. */
export async function runSqlConsole(
  place: Place,
  { command, write = false }: { command?: string | undefined; write?: boolean | undefined },
): Promise<number> {
  return await withAsk(place, write, async (ask) => {
    if (command !== undefined) return await answerAll(`${command};`, place, ask);
    return await session(place, write, ask);
  });
}

async function session(place: Place, write: boolean, ask: Ask): Promise<number> {
  const isTerminal = process.stdin.isTTY === true;
  if (isTerminal) {
    const may = write ? 'statements may write' : 'reading only, --write to change anything';
    place.say(
      `${shownAddress(place.address)}: ${may}. End a statement with ; and leave with Ctrl-D.`,
    );
  }
  const input = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: isTerminal,
  });
  const prompt = (text: string) => {
    if (!isTerminal) return;
    input.setPrompt(text);
    input.prompt();
  };
  let waiting = '';
  let code = 0;
  prompt('sql> ');
  for await (const line of input) {
    waiting += `${line}\n`;
    const { statements, rest } = splitStatements(waiting);
    for (const statement of statements) code = (await answer(statement, place, ask)) || code;
    waiting = rest;
    prompt(rest ? '...> ' : 'sql> ');
  }
  // The last statement of a file may lack its semicolon.
  return (await answerAll(`${waiting};`, place, ask)) || code;
}

async function answerAll(text: string, place: Place, ask: Ask): Promise<number> {
  let code = 0;
  for (const statement of splitStatements(text).statements) {
    code = (await answer(statement, place, ask)) || code;
  }
  return code;
}

async function answer(statement: string, place: Place, ask: Ask): Promise<number> {
  try {
    const result = await ask(statement);
    if (typeof result === 'number') place.say(`${result} rows changed.`);
    else place.say(result.length > 0 ? textTable(result) : 'No rows.');
    return 0;
  } catch (error) {
    console.error(`${sentenceOf(error)}.`);
    return 1;
  }
}

async function withAsk<T>(
  place: Place,
  write: boolean,
  work: (ask: Ask) => Promise<T>,
): Promise<T> {
  if (place.address.engine === 'sqlite') {
    const database = new DatabaseSync(place.address.file, { readOnly: !write, timeout: 10_000 });
    try {
      return await work(async (statement) => askSqlite(database, statement));
    } finally {
      database.close();
    }
  }
  const database = await openDatabase(place.url, { alone: true });
  try {
    return await database
      .tables()
      .connection()
      .execute(async (connection) => {
        if (!write) await readOnly(connection, place);
        return await work((statement) => askServer(connection, statement));
      });
  } finally {
    await database.close();
  }
}

async function readOnly(connection: Kysely<unknown>, place: Place): Promise<void> {
  const say =
    place.address.engine === 'postgres'
      ? sql`set session characteristics as transaction read only`
      : sql`set session transaction read only`;
  await say.execute(connection);
}

function askSqlite(database: DatabaseSync, statement: string): Rows | number {
  const prepared = database.prepare(statement);
  if (prepared.columns().length > 0) return prepared.all();
  return Number(prepared.run().changes);
}

async function askServer(connection: Kysely<unknown>, statement: string): Promise<Rows | number> {
  const result = await sql<Record<string, unknown>>`${sql.raw(statement)}`.execute(connection);
  if (result.numAffectedRows !== undefined) return Number(result.numAffectedRows);
  return result.rows;
}
