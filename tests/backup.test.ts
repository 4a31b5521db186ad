import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { insertRow, openDatabase } from '#db';
import { tempFolder } from '#testing';
import { runBackup } from '../src/main/database/run-backup.ts';
import { runInitdb } from '../src/main/database/run-initdb.ts';
import { runRestore } from '../src/main/database/run-restore.ts';
import { schemaState } from '../src/main/database/schema-state.ts';
import { migrationsOf, plainName } from '../src/main/database/schema-version.ts';
import type { AnyTables } from '../src/main/database/tables.ts';
import { backupOf, contents, fill, filled, logRow, place, using } from './database-places.ts';
import { type PrivateServer, startMariaDb, startPostgres } from './database-servers.ts';
import { needs } from './needs.ts';

const hasPostgres = needs('postgresql').available;
const hasMariaDb = needs('mariadb').available;

test('the engines know the same changes of structure, in the same order', () => {
  const names = (engine: 'sqlite' | 'postgres' | 'mariadb') => migrationsOf(engine).map(plainName);
  expect(names('postgres')).toEqual(names('sqlite'));
  expect(names('mariadb')).toEqual(names('sqlite'));
});

describe.each([
  { name: 'PostgreSQL', start: startPostgres, available: hasPostgres },
  { name: 'MariaDB', start: startMariaDb, available: hasMariaDb },
])('a backup of SQLite on $name', ({ start, available }) => {
  let server: PrivateServer;
  beforeAll(async () => {
    if (available) server = await start();
  });
  afterAll(async () => {
    if (available) await server.stop();
  });

  it.skipIf(!available)('comes back to SQLite with equal rows', async () => {
    const from = await filled();
    const there = place(server.url);
    const back = place();
    await runRestore({ ...there, file: await backupOf(from) });
    await runRestore({ ...back, file: await backupOf(there) });
    const rows = await contents(from.databaseUrl);
    expect(rows.sequence?.length).toBeGreaterThan(10);
    expect(await contents(there.databaseUrl)).toEqual(rows);
    expect(await contents(back.databaseUrl)).toEqual(rows);
  });

  it.skipIf(!available)('counts on from the greatest number', async () => {
    const there = place(server.another('counters'));
    await runRestore({ ...there, file: await backupOf(await filled()) });
    const ids = await using(there.databaseUrl, async (database) => {
      const rows = await database.tables<AnyTables>().selectFrom('log').select('id').execute();
      const next = await database.transaction((work) => insertRow(work, 'log', logRow('next')));
      return { before: Math.max(...rows.map((row) => Number(row.id))), next };
    });
    expect(ids.next).toBe(ids.before + 1);
  });

  it.skipIf(!available)('is refused by a database that holds something', async () => {
    const used = place(server.another('used'));
    await fill(used.databaseUrl);
    const before = await contents(used.databaseUrl);
    const file = await backupOf(await filled());
    await expect(runRestore({ ...used, file })).rejects.toMatchObject({ code: 'DATABASE_USED' });
    expect(await contents(used.databaseUrl)).toEqual(before);
  });

  it.skipIf(!available)('takes the place of what was there, once that is backed up', async () => {
    const used = place(server.another('replaced'));
    await fill(used.databaseUrl);
    await using(used.databaseUrl, (database) =>
      database.transaction((work) => insertRow(work, 'log', logRow('only here'))),
    );
    const before = await contents(used.databaseUrl);
    const from = await filled();
    await runRestore({ ...used, file: await backupOf(from), replace: true });
    expect(await contents(used.databaseUrl)).toEqual(await contents(from.databaseUrl));
    const again = place();
    const [saved = ''] = readdirSync(join(used.dataFolder, 'backups'));
    await runRestore({ ...again, file: join(used.dataFolder, 'backups', saved) });
    expect(await contents(again.databaseUrl)).toEqual(before);
  });
});

describe('a backup', () => {
  it('is taken at one instant while others write', async () => {
    const from = await filled();
    const pairs = (rows: Record<string, unknown[]>) =>
      ['log', 'alert'].map((table) => rows[table]?.length ?? 0);
    const [logs = 0, alerts = 0] = pairs(await contents(from.databaseUrl));
    const database = await openDatabase(from.databaseUrl);
    let writing = true;
    const writer = (async () => {
      for (let n = 0; writing; n++) {
        await database.transaction(async (work) => {
          await insertRow(work, 'log', logRow(`${n}`));
          await insertRow(work, 'alert', alertRow(n));
        });
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const file = await backupOf(from);
    writing = false;
    await writer;
    await database.close();
    const to = place();
    await runRestore({ ...to, file });
    const [moreLogs = 0, moreAlerts = 0] = pairs(await contents(to.databaseUrl));
    expect(moreLogs - logs).toBe(moreAlerts - alerts);
  });

  it('never takes the place of a file', async () => {
    const from = await filled();
    const file = join(from.dataFolder, 'mine');
    writeFileSync(file, 'mine');
    await expect(runBackup({ ...from, file })).rejects.toMatchObject({ code: 'BACKUP_EXISTS' });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('of a database that is not there makes none', async () => {
    const nowhere = place();
    await expect(runBackup(nowhere)).rejects.toMatchObject({ code: 'DATABASE_ABSENT' });
    expect(readdirSync(nowhere.dataFolder)).toEqual([]);
  });

  it('is named by the instant, in the data folder', async () => {
    const from = await filled();
    await runBackup(from);
    expect(readdirSync(join(from.dataFolder, 'backups'))).toEqual([
      expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z\.pyros\.gz$/),
    ]);
  });
});

describe('a file that is no good backup', () => {
  /** What is made of a good backup, and what is said of it. */
  const SPOILT: readonly [string, (good: Buffer) => Buffer, string][] = [
    ['cut short', (good) => good.subarray(0, good.length - 40), 'BACKUP_DAMAGED'],
    ['cut to nothing', () => Buffer.alloc(0), 'BACKUP_DAMAGED'],
    ['not a backup', () => Buffer.from('hello'), 'BACKUP_DAMAGED'],
    ['without its end', (good) => edited(good, (lines) => lines.slice(0, -1)), 'BACKUP_DAMAGED'],
    ['with one letter changed', (good) => changed(good, "it's", "is't"), 'BACKUP_DAMAGED'],
    [
      'with a row too few',
      (good) => edited(good, (lines) => lines.toSpliced(3, 1)),
      'BACKUP_DAMAGED',
    ],
    [
      'of a newer format',
      (good) => changed(good, '"pyrosBackup":1', '"pyrosBackup":2'),
      'BACKUP_NEWER',
    ],
    ['of a newer structure', (good) => newerStructure(good), 'BACKUP_NEWER'],
  ];

  it.each(SPOILT)('is refused before anything is changed: %s', async (_name, spoil, code) => {
    const good = await backupOf(await filled());
    const file = join(tempFolder(), 'spoilt.pyros.gz');
    writeFileSync(file, spoil(readFileSync(good)));
    const to = place();
    await expect(runRestore({ ...to, file })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(file),
      remedy: expect.stringMatching(/./),
    });
    expect(readdirSync(to.dataFolder)).toEqual([]);
  });

  it('is told when it is not there', async () => {
    const file = '/nowhere/x.pyros.gz';
    await expect(runRestore({ ...place(), file })).rejects.toMatchObject({ code: 'BACKUP_ABSENT' });
  });
});

describe('initdb', () => {
  it('makes a database with its first content', async () => {
    const at = place();
    expect(await runInitdb(at)).toBe(0);
    expect(await schemaState(at.databaseUrl)).toBe('current');
    expect((await contents(at.databaseUrl)).country?.length).toBeGreaterThan(0);
  });

  it('refuses a database that holds something, unless it is told to back it up', async () => {
    const at = await filled();
    await expect(runInitdb(at)).rejects.toMatchObject({ code: 'DATABASE_USED' });
    expect(await runInitdb({ ...at, yes: true })).toBe(0);
    expect((await contents(at.databaseUrl)).sequence).toEqual([]);
    expect(readdirSync(join(at.dataFolder, 'backups'))).toHaveLength(1);
  });
});

const alertRow = (n: number) => ({
  ivorn: `ivo://test/${n}`,
  role: 'test',
  mission: 'SWIFT',
  trigger: `${n}`,
  kind: 'test',
  received_at: '2014-04-23T20:00:00.000Z',
  outcome: '',
  packet: '',
  burst: '',
  sequence_ids: '[]',
});

/** The same backup with other lines; its sum no longer fits. */
function edited(good: Buffer, edit: (lines: string[]) => string[]): Buffer {
  const lines = gunzipSync(good).toString().trimEnd().split('\n');
  return gzipSync(`${edit(lines).join('\n')}\n`);
}

function changed(good: Buffer, from: string, to: string): Buffer {
  const text = gunzipSync(good).toString();
  expect(text).toContain(from);
  return gzipSync(text.replace(from, to));
}

/** Whole in itself, with a change of structure that this code does not know. */
function newerStructure(good: Buffer): Buffer {
  const [first = '', ...rest] = gunzipSync(good).toString().trimEnd().split('\n');
  const header = JSON.parse(first);
  const body = [
    JSON.stringify({ ...header, schema: [...header.schema, 'of-tomorrow'] }),
    ...rest.slice(0, -1),
  ];
  const sha256 = createHash('sha256')
    .update(`${body.join('\n')}\n`)
    .digest('hex');
  const footer = JSON.stringify({ ...JSON.parse(rest.at(-1) ?? ''), sha256 });
  return gzipSync(`${[...body, footer].join('\n')}\n`);
}
