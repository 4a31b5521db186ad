import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '#db';
import { realStopwatch } from '#platform';
import { migrateDatabase } from '../src/main/prepare-run.ts';
import { type PrivateServer, startMariaDb } from './database-servers.ts';
import { needs } from './needs.ts';

describe.skipIf(!needs('mariadb').available)('agents that share a MariaDB', () => {
  let server: PrivateServer;
  let writer: Database;
  let reader: Database;
  const heard = { scheduler: 0, dome: 0, strange: 0, all: 0 };

  beforeAll(async () => {
    server = await startMariaDb();
    await migrateDatabase(server.url);
    writer = await openDatabase(server.url);
    reader = await openDatabase(server.url);
    reader.onChange(() => heard.scheduler++, 'Scheduler');
    reader.onChange(() => heard.dome++, 'Dome');
    reader.onChange(() => heard.strange++, `dome '1'; drop table log /*`);
    await settled();
  });

  afterAll(async () => {
    await writer.close();
    await reader.close();
    await server.stop();
  });

  it('are woken by what is announced to their own name alone', async () => {
    forget();
    await announce('DOME');
    await until(() => heard.dome > 0);
    expect(heard).toEqual({ scheduler: 0, dome: 1, strange: 0, all: 0 });
  });

  it('are all woken for a name of which the counters know nothing', async () => {
    forget();
    await announce(`dome '1'; drop table log /*`);
    await until(() => heard.strange > 0);
    expect(heard).toEqual({ scheduler: 1, dome: 1, strange: 1, all: 0 });
  });

  it('hear everything from when they ask for it', async () => {
    reader.onChange(() => heard.all++);
    await settled();
    forget();
    await announce('nobody here');
    await announce('somebody-else');
    await until(() => heard.all > 1);
    expect(heard.dome).toBe(1);
  });

  it('find of themselves what was counted by one who died before it rang', async () => {
    forget();
    await count('@scheduler');
    await until(() => heard.scheduler > 0);
    expect(heard.dome).toBe(0);
  });

  it('wait anew, and wake once, when what they wait on is lost', async () => {
    for (const lost of [WAITERS, HOLDERS]) {
      forget();
      await sql.raw(lost).execute(writer.tables());
      await until(() => heard.dome > 0 && heard.all > 0);
      await settled();
      expect(heard.dome).toBe(1);
      await announce('dome');
      await until(() => heard.dome > 1);
    }
  });

  it('close without waiting for the end of what the server does for them', async () => {
    const passing = await openDatabase(server.url);
    passing.onChange(() => undefined, 'passing');
    await settled();
    const elapsedMs = realStopwatch();
    await passing.close();
    expect(elapsedMs()).toBeLessThan(2000);
    await until(async () => (await waiting('@passing')) === 0);
  });

  async function announce(name: string): Promise<void> {
    await writer.transaction(async (work) => work.announce(name));
  }

  async function count(agent: string): Promise<void> {
    await sql`insert into fact_cursor (agent, last_fact_id) values (${agent}, 1)
      on duplicate key update last_fact_id = last_fact_id + 1`.execute(writer.tables());
  }

  async function waiting(word: string): Promise<number> {
    const { rows } = await sql<{ info: string }>`select info from information_schema.processlist
      where info like 'begin not atomic /* pyros-ear%'`.execute(writer.tables());
    return rows.filter(({ info }) => info.includes(` ${word} `)).length;
  }

  function forget(): void {
    Object.assign(heard, { scheduler: 0, dome: 0, strange: 0, all: 0 });
  }
});

const ends = (which: string) => `begin not atomic
  for one in (${which}) do kill one.id; end for;
end`;
const WAITERS = ends(`select id from information_schema.processlist
  where info like 'begin not atomic /* pyros-ear%'`);
const HOLDERS = ends(`select id from information_schema.processlist
  where is_used_lock(concat('pyros-ear ', id)) = id`);

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 1000 && !(await done()); i++) await sleep(10);
  expect(await done()).toBe(true);
}

/** What was announced before has been heard. */
const settled = () => sleep(300);
