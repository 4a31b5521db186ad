import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { realPause } from '#platform';
import { tempDatabase, tempFolder, tempSqliteFile } from '#testing';
import { type Database, openDatabase } from './database.ts';
import { insertRow } from './insert-row.ts';

type Tables = { log: { id: number; message: string } };

const line = (message: string) => ({ at: '', agent: 'test', level: 'info', message });

const messages = async (database: Database) =>
  (await database.tables<Tables>().selectFrom('log').select('message').execute()).map(
    (row) => row.message,
  );

async function openBoth(): Promise<[Database, Database]> {
  const url = `sqlite:${await tempSqliteFile()}`;
  const both: [Database, Database] = [await openDatabase(url), await openDatabase(url)];
  onTestFinished(async () => {
    for (const database of both) await database.close();
  });
  return both;
}

describe('a transaction', () => {
  it('is kept whole', async () => {
    const database = await tempDatabase();
    await database.transaction(async (work) => {
      await insertRow(work, 'log', line('one'));
      await insertRow(work, 'log', line('two'));
    });
    expect(await messages(database)).toEqual(['one', 'two']);
  });

  it('is undone whole, and rejects with what went wrong', async () => {
    const database = await tempDatabase();
    const failed = database.transaction(async (work) => {
      await insertRow(work, 'log', line('one'));
      throw new Error('half-way');
    });
    await expect(failed).rejects.toThrow('half-way');
    expect(await messages(database)).toEqual([]);
  });

  it('gives the number of each row it inserts', async () => {
    const database = await tempDatabase();
    const ids = await database.transaction(async (work) => [
      await insertRow(work, 'log', line('one')),
      await insertRow(work, 'log', line('two')),
    ]);
    expect(ids).toEqual([1, 2]);
  });

  it('is announced once, after its commit', async () => {
    const database = await tempDatabase();
    const heard: number[] = [];
    let committed = 0;
    database.onChange(() => heard.push(committed));
    await database.transaction(async (work) => {
      work.announce();
      work.announce();
      await insertRow(work, 'log', line('one'));
      committed = 1;
    });
    expect(heard).toEqual([1]);
  });

  it('is not announced when it is undone, nor when nobody asked', async () => {
    const database = await tempDatabase();
    let heard = 0;
    database.onChange(() => heard++);
    const failed = database.transaction(async (work) => {
      work.announce();
      throw new Error('half-way');
    });
    await expect(failed).rejects.toThrow();
    await database.transaction((work) => insertRow(work, 'log', line('quiet')));
    expect(heard).toBe(0);
  });

  it('is announced to those it names, to whoever listens to everything, and to nobody else', async () => {
    const database = await tempDatabase();
    const heard: string[] = [];
    database.onChange(() => heard.push('all'));
    database.onChange(() => heard.push('A'), 'AgentA');
    database.onChange(() => heard.push('B'), 'AgentB');
    await database.transaction(async (work) => work.announce('agenta'));
    expect(heard).toEqual(['all', 'A']);
  });

  it('is not announced to who stopped listening', async () => {
    const database = await tempDatabase();
    let heard = 0;
    database.onChange(() => heard++)();
    await database.transaction(async (work) => work.announce());
    expect(heard).toBe(0);
  });
});

describe('two connections on one file', () => {
  it('hear of each other’s commits', async () => {
    const [one, other] = await openBoth();
    const heard = new Promise<string[]>((resolve) => {
      other.onChange(() => void messages(other).then((seen) => seen.length > 0 && resolve(seen)));
    });
    await one.transaction(async (work) => {
      await insertRow(work, 'log', line('hello'));
      work.announce();
    });
    expect(await heard).toEqual(['hello']);
  });

  it('do not see what the other has not committed', async () => {
    const [one, other] = await openBoth();
    const seen = await one.transaction(async (work) => {
      await insertRow(work, 'log', line('not yet'));
      return await messages(other);
    });
    expect(seen).toEqual([]);
  });

  it('wait for each other’s transactions in one process, and lose none', async () => {
    const [one, other] = await openBoth();
    const writing = one.transaction(async (work) => {
      await insertRow(work, 'log', line('first'));
      for (let i = 0; i < 50; i++) await realPause(0);
    });
    await other.transaction((work) => insertRow(work, 'log', line('second')));
    await writing;
    expect(await messages(other)).toEqual(['first', 'second']);
  });

  it('read while one waits to write', async () => {
    const [one, other] = await openBoth();
    let waiting: Promise<unknown> = Promise.resolve();
    await one.transaction(async () => {
      waiting = other.transaction((work) => insertRow(work, 'log', line('late')));
      expect(await messages(other)).toEqual([]);
    });
    await waiting;
    expect(await messages(other)).toEqual(['late']);
  });

  it('write outside transactions too', async () => {
    const [one, other] = await openBoth();
    const log = one.tables<{ log: ReturnType<typeof line> }>();
    await log.insertInto('log').values(line('by itself')).execute();
    await sql`update log set agent = 'sql'`.execute(one.tables());
    expect(await messages(other)).toEqual(['by itself']);
  });

  it('wake once by a commit of their own', async () => {
    const [one, other] = await openBoth();
    let heard = 0;
    one.onChange(() => heard++);
    const seen = new Promise<void>((resolve) => other.onChange(resolve));
    await one.transaction(async (work) => {
      await insertRow(work, 'log', line('mine'));
      work.announce();
    });
    await seen;
    expect(heard).toBe(1);
  });

  it('hear of commits after the log has gone and come again', async () => {
    const [one] = await openBoth();
    const url = `sqlite:${(await fileOf(one)) ?? ''}`;
    const third = await openDatabase(url);
    const heard = new Promise<void>((resolve) => one.onChange(resolve));
    await sql`pragma wal_checkpoint(truncate)`.execute(third.tables());
    await third.transaction(async (work) => {
      await insertRow(work, 'log', line('anew'));
      work.announce();
    });
    await heard;
    await third.close();
    expect(await messages(one)).toEqual(['anew']);
  });

  it('refuse at once while the other writes, when they shall not wait', async () => {
    const url = `sqlite:${await tempSqliteFile()}`;
    const one = await openDatabase(url, { alone: true });
    const other = await openDatabase(url, { alone: true, busyMs: 0 });
    onTestFinished(async () => {
      await one.close();
      await other.close();
    });
    await one.transaction(async (work) => {
      await insertRow(work, 'log', line('mine'));
      const refused = other.transaction((theirs) => insertRow(theirs, 'log', line('theirs')));
      await expect(refused).rejects.toMatchObject({ code: 'DATABASE_BUSY' });
    });
    await other.transaction((work) => insertRow(work, 'log', line('later')));
    expect(await messages(one)).toEqual(['mine', 'later']);
  });
});

describe('a connection to SQLite', () => {
  it('answers the same statement again and again, with other values', async () => {
    const database = await tempDatabase();
    const ask = async (n: number) =>
      (await sql<{ twice: number }>`select ${n} * 2 as twice`.execute(asKysely(database))).rows;
    expect([await ask(1), await ask(2), await ask(3)]).toEqual([
      [{ twice: 2 }],
      [{ twice: 4 }],
      [{ twice: 6 }],
    ]);
  });

  it('survives more different statements than it keeps', async () => {
    const database = await tempDatabase();
    for (let i = 0; i < 1100; i++) {
      const { rows } = await sql.raw(`select ${i} as n`).execute(asKysely(database));
      expect(rows).toEqual([{ n: i }]);
    }
  });

  it('keeps a statement good when its table gets a column', async () => {
    const database = await tempDatabase();
    const all = () => database.tables<Tables>().selectFrom('log').selectAll().execute();
    await database.transaction((work) => insertRow(work, 'log', line('one')));
    await all();
    await sql`alter table log add column colour text default 'red'`.execute(asKysely(database));
    expect(await all()).toMatchObject([{ message: 'one', colour: 'red' }]);
  });

  it('refuses a row that points nowhere', async () => {
    const database = await tempDatabase();
    const row = { username: 'x', email: '', is_active: 1, country_id: 99, user_level_id: 99 };
    await expect(
      database.transaction((work) => insertRow(work, 'pyros_user', row)),
    ).rejects.toThrow(/FOREIGN KEY/);
  });
});

describe('a database that cannot be read', () => {
  it('is told with its place and what to do', async () => {
    const file = join(tempFolder(), 'garbage.sqlite');
    writeFileSync(file, 'this is no database, whatever its name says. '.repeat(100));
    await expect(openDatabase(`sqlite:${file}`)).rejects.toMatchObject({
      code: 'DATABASE_UNREADABLE',
      message: expect.stringContaining(file),
      remedy: expect.stringContaining('backup'),
    });
  });

  it('is told without its password', async () => {
    const opened = openDatabase('postgres://pyros:secret@127.0.0.1:1/pyros', { alone: true });
    await expect(opened).rejects.toMatchObject({
      code: 'DATABASE_UNREADABLE',
      message: expect.not.stringContaining('secret'),
    });
  });
});

async function fileOf(database: Database): Promise<string | undefined> {
  const { rows } = await sql<{ file: string }>`pragma database_list`.execute(database.tables());
  return rows[0]?.file;
}

function asKysely(database: Database) {
  return database.tables<Tables>();
}
