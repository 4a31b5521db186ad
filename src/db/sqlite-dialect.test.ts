import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { tempSqliteFile } from '#testing';
import { openDatabase } from './database.ts';
import { insertRow } from './insert-row.ts';

const COUNT_UP = fileURLToPath(new URL('../testing/count-up.ts', import.meta.url));
const PROCESSES = 4;
const TIMES = 100;

it('four processes that read and then write lose nothing and are never refused', async () => {
  const file = await tempSqliteFile();
  const database = await openDatabase(`sqlite:${file}`, { alone: true });
  const tables = database.tables<{ fact_cursor: { agent: string; last_fact_id: number } }>();
  await tables.insertInto('fact_cursor').values({ agent: 'counter', last_fact_id: 0 }).execute();
  const run = promisify(execFile);
  const flag = '--disable-warning=ExperimentalWarning';
  const children = Array.from({ length: PROCESSES }, () =>
    run(process.execPath, [flag, COUNT_UP, file, String(TIMES)]),
  );
  await Promise.all(children);
  const row = await tables.selectFrom('fact_cursor').select('last_fact_id').executeTakeFirst();
  await database.close();
  expect(row).toEqual({ last_fact_id: PROCESSES * TIMES });
}, 60_000);

it('an inserted row is numbered after those of other connections', async () => {
  const url = `sqlite:${await tempSqliteFile()}`;
  const one = await openDatabase(url, { alone: true });
  const other = await openDatabase(url, { alone: true });
  const line = { at: '', agent: 'test', level: 'info', message: '' };
  const ids = [
    await one.transaction((work) => insertRow(work, 'log', line)),
    await other.transaction((work) => insertRow(work, 'log', line)),
    await one.transaction((work) => insertRow(work, 'log', line)),
  ];
  await one.close();
  await other.close();
  expect(ids).toEqual([1, 2, 3]);
});
