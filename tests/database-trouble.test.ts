import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, insertRow, isDatabaseTrouble, openDatabase } from '#db';
import { migrateDatabase } from '../src/main/prepare-run.ts';
import { type PrivateServer, startMariaDb, startPostgres } from './database-servers.ts';
import { needs } from './needs.ts';

const SERVERS = [
  { name: 'PostgreSQL', start: startPostgres, available: needs('postgresql').available },
  { name: 'MariaDB', start: startMariaDb, available: needs('mariadb').available },
];

for (const { name, start, available } of SERVERS) {
  describe.skipIf(!available)(`two agents whose ${name} stops and starts again`, () => {
    let server: PrivateServer;
    let one: Database;
    let other: Database;
    const heard = { one: 0, other: 0 };

    beforeAll(async () => {
      server = await start();
      await migrateDatabase(server.url);
      one = await openDatabase(server.url);
      other = await openDatabase(server.url);
      one.onChange(() => heard.one++);
      other.onChange(() => heard.other++, 'Other');
    });

    afterAll(async () => {
      await one.close();
      await other.close();
      await server.stop();
    });

    it('hear of what is announced to them', async () => {
      await settled();
      heard.other = 0;
      await write(one, 'before', 'OTHER');
      await until(() => heard.other > 0);
    });

    it('lose only the transaction under way, and are told so', async () => {
      const interrupted = one.transaction(async (work) => {
        await insertRow(work, 'log', line('interrupted'));
        await server.pause();
        await insertRow(work, 'log', line('too late'));
      });
      await expect(interrupted).rejects.toMatchObject({ code: 'DATABASE_GONE' });
    });

    it('are refused while it is away, at once and by name', async () => {
      for (let i = 0; i < 10; i++) {
        const error = await write(one, 'during').catch((reason: unknown) => reason);
        expect(isDatabaseTrouble(error)).toBe(true);
      }
      await expect(messages(other)).rejects.toMatchObject({
        code: 'DATABASE_GONE',
        cause: expect.anything(),
      });
    });

    it('go on when it is back, without what was refused', async () => {
      await server.resume();
      await repeated(() => write(one, 'after'));
      expect(await repeated(() => messages(other))).toEqual(['before', 'after']);
    });

    it('hear of each other again', async () => {
      await settled();
      heard.one = 0;
      heard.other = 0;
      await write(other, 'again');
      await until(() => heard.one > 0);
      await write(one, 'and again', 'other');
      await until(() => heard.other > 0);
    });

    it('find everything that they were told was kept, once', async () => {
      expect(await messages(one)).toEqual(['before', 'after', 'again', 'and again']);
    });
  });
}

describe.skipIf(!needs('postgresql').available)('on PostgreSQL', () => {
  let server: PrivateServer;
  const opened: Database[] = [];

  beforeAll(async () => {
    server = await startPostgres();
    await migrateDatabase(server.url);
  });

  afterAll(async () => {
    for (const database of opened) await database.close();
    await server.stop();
  });

  async function open(): Promise<Database> {
    const database = await openDatabase(server.url);
    opened.push(database);
    return database;
  }

  it('nobody is woken by what is announced to others', async () => {
    const [writer, reader] = [await open(), await open()];
    const heard = { scheduler: 0, dome: 0, all: 0 };
    reader.onChange(() => heard.scheduler++, 'Scheduler');
    reader.onChange(() => heard.dome++, 'dome "1"; drop table log');
    reader.onChange(() => heard.all++);
    await settled();
    Object.assign(heard, { scheduler: 0, dome: 0, all: 0 });
    await write(writer, '', 'DOME "1"; drop table log');
    await until(() => heard.dome > 0 && heard.all > 0);
    expect(heard).toEqual({ scheduler: 0, dome: 1, all: 1 });
    await writer.transaction(async (work) => {
      work.announce('scheduler');
      work.announce('dome "1"; drop table log');
    });
    await until(() => heard.scheduler > 0 && heard.dome > 1);
    await write(writer, '');
    await until(() => heard.scheduler > 1 && heard.dome > 2 && heard.all > 2);
  });

  it('a commit without an answer is told as such: neither done nor undone', async () => {
    const database = await open();
    const transaction = database.transaction(async (work) => {
      await insertRow(work, 'log', line('who knows'));
      // The server ends this very session as soon as it is asked to commit.
      const trap = `create function pg_temp.cut() returns trigger language plpgsql
        as 'begin perform pg_terminate_backend(pg_backend_pid()); return null; end'`;
      await sql.raw(trap).execute(work.tables());
      await sql
        .raw(
          `create constraint trigger cut after insert on log deferrable initially deferred
           for each row execute function pg_temp.cut()`,
        )
        .execute(work.tables());
      await insertRow(work, 'log', line('trapped'));
    });
    await expect(transaction).rejects.toMatchObject({ code: 'DATABASE_UNSURE' });
  });
});

const line = (message: string) => ({ at: '', agent: 'test', level: 'info', message });

async function write(database: Database, message: string, ...names: string[]): Promise<void> {
  await database.transaction(async (work) => {
    await insertRow(work, 'log', line(message));
    if (names.length === 0) work.announce();
    for (const name of names) work.announce(name);
  });
}

async function messages(database: Database): Promise<string[]> {
  const tables = database.tables<{ log: { id: number; message: string } }>();
  const rows = await tables.selectFrom('log').select('message').orderBy('id').execute();
  return rows.map((row) => row.message);
}

/** What an agent does about trouble with the database: waits, and does it again. */
async function repeated<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseTrouble(error) || tries > 100) throw error;
      await sleep(50);
    }
  }
}

async function until(done: () => boolean): Promise<void> {
  for (let i = 0; i < 1000 && !done(); i++) await sleep(10);
  expect(done()).toBe(true);
}

/** What was announced before has been heard. */
const settled = () => sleep(300);
