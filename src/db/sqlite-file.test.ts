import { rmSync, writeFileSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tempSqliteFile } from '#testing';
import { openDatabase } from './database.ts';
import { insertRow } from './insert-row.ts';
import { openSqliteFile, patiently, type SqliteFile } from './sqlite-file.ts';

const locked = (errcode = 5) => Object.assign(new Error('database is locked'), { errcode });

async function openTwo(): Promise<[SqliteFile, SqliteFile]> {
  const file = await tempSqliteFile();
  const two: [SqliteFile, SqliteFile] = [
    await openSqliteFile({ file, busyMs: 0 }),
    await openSqliteFile({ file, busyMs: 0 }),
  ];
  onTestFinished(() => {
    for (const connection of two) connection.close();
  });
  return two;
}

const run = (connection: SqliteFile, sql: string) => connection.prepare(sql).run([]);

describe('a try against a lock', () => {
  it.each([5, 6, 261, 517])('is repeated while the file is locked (%i)', async (errcode) => {
    let tries = 0;
    const answer = await patiently(1000, () => {
      tries += 1;
      if (tries < 4) throw locked(errcode);
      return 'done';
    });
    expect([answer, tries]).toEqual(['done', 4]);
  });

  it('leaves the process to its other work meanwhile', async () => {
    let isFree = false;
    setImmediate(() => {
      isFree = true;
    });
    const waiting = patiently(1000, () => {
      if (!isFree) throw locked();
    });
    await expect(waiting).resolves.toBeUndefined();
  });

  it('ends as DATABASE_BUSY when it lasts too long, with what to do', async () => {
    const given = patiently(3, () => {
      throw locked();
    });
    await expect(given).rejects.toMatchObject({
      code: 'DATABASE_BUSY',
      remedy: expect.stringContaining('locked'),
      cause: expect.objectContaining({ errcode: 5 }),
    });
  });

  it('is one try for who does not wait', async () => {
    let tries = 0;
    const given = patiently(0, () => {
      tries += 1;
      throw locked();
    });
    await expect(given).rejects.toMatchObject({ code: 'DATABASE_BUSY' });
    expect(tries).toBe(1);
  });

  it('is not repeated after any other error', async () => {
    let tries = 0;
    const given = patiently(1000, () => {
      tries += 1;
      throw new Error('no such table');
    });
    await expect(given).rejects.toThrow('no such table');
    expect(tries).toBe(1);
  });
});

describe('the version of what is in a file', () => {
  it('changes when another connection has committed, not before', async () => {
    const [one, other] = await openTwo();
    const before = one.dataVersion();
    run(other, 'begin immediate');
    run(other, "insert into fact_cursor values ('a', 1)");
    expect(one.dataVersion()).toBe(before);
    run(other, 'commit');
    expect(one.dataVersion()).not.toBe(before);
  });

  it('does not change by what this connection commits', async () => {
    const [one] = await openTwo();
    const before = one.dataVersion();
    run(one, "insert into fact_cursor values ('a', 1)");
    expect(one.dataVersion()).toBe(before);
  });
});

describe('a file that is deleted, or another in its place, while it is open', () => {
  it.each(['deleted', 'replaced'])('%s, is told before anything is written to it', async (how) => {
    const file = await tempSqliteFile();
    const database = await openDatabase(`sqlite:${file}`, { alone: true });
    onTestFinished(() => database.close());
    rmSync(file);
    if (how === 'replaced') writeFileSync(file, '');
    const line = { at: '', agent: 'test', level: 'info', message: '' };
    await expect(
      database.transaction((work) => insertRow(work, 'log', line)),
    ).rejects.toMatchObject({ code: 'DATABASE_GONE', message: expect.stringContaining(file) });
  });
});

describe('a disk that is full', () => {
  it('is told as such, keeps nothing, and is no matter once there is room', async () => {
    const database = await openDatabase(`sqlite:${await tempSqliteFile()}`, { alone: true });
    onTestFinished(() => database.close());
    const limit = (pages: number) =>
      sql.raw(`pragma max_page_count = ${pages}`).execute(database.tables());
    const line = { at: '', agent: 'test', level: 'info', message: 'x'.repeat(1e6) };
    const write = () => database.transaction((work) => insertRow(work, 'log', line));
    await limit(1);
    await expect(write()).rejects.toMatchObject({ code: 'DATABASE_FULL' });
    await limit(1e6);
    expect(await write()).toBe(1);
  });
});
