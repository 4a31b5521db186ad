import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import { parseDatabaseUrl } from '#db';
import { tempFolder } from '#testing';
import { consoleOf, runDbshell } from './run-dbshell.ts';

/** A small database, and what the console says of it. */
function small() {
  const file = join(tempFolder(), 'small.sqlite');
  const database = new DatabaseSync(file);
  database.exec(
    "create table star (id integer primary key, name text); insert into star values (1, 'Vega')",
  );
  database.close();
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  return { databaseUrl: `sqlite:${file}`, builtIn: true, say, lines };
}

test.each(['postgres://u:s%40crt@h:5432/p', 'mariadb://u:s%40crt@h:3306/p'])(
  'a password shows in no list of processes: %s',
  (url) => {
    const { args, env } = consoleOf(parseDatabaseUrl(url), {});
    expect(args.join(' ')).not.toMatch(/s@crt|s%40crt/);
    expect(Object.values(env)).toContain('s@crt');
  },
);

test.each(['sqlite:a.sqlite', 'postgres://u@h:5432/p', 'mariadb://u@h:3306/p'])(
  'the console of %s only reads unless it may write',
  (url) => {
    const address = parseDatabaseUrl(url);
    const told = (write: boolean) => JSON.stringify(consoleOf(address, { write }));
    expect(told(false)).toMatch(/read.?only/);
    expect(told(true)).not.toMatch(/read.?only/);
  },
);

test('one statement prints its rows as a table', async () => {
  const at = small();
  expect(await runDbshell({ ...at, command: 'select * from star' })).toBe(0);
  expect(at.lines).toEqual(['id  name\n--  ----\n1   Vega']);
});

test('nothing is changed without leave to write', async () => {
  const at = small();
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const command = "insert into star values (2, 'Deneb')";
  expect(await runDbshell({ ...at, command })).toBe(1);
  expect(errors.mock.calls).toEqual([['attempt to write a readonly database.']]);
  errors.mockRestore();
  expect(await runDbshell({ ...at, command, write: true })).toBe(0);
  expect(at.lines).toEqual(['1 rows changed.']);
});

test('a database that is not there is not made', async () => {
  const databaseUrl = `sqlite:${join(tempFolder(), 'none.sqlite')}`;
  await expect(runDbshell({ databaseUrl })).rejects.toMatchObject({ code: 'DATABASE_ABSENT' });
});
