import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { insertRow, parseDatabaseUrl } from '#db';
import { openOrm } from '../src/db/orm.ts';
import { bringUpToDate } from '../src/main/database/bring-up-to-date.ts';
import { runRestore } from '../src/main/database/run-restore.ts';
import { runUpdatedb } from '../src/main/database/run-updatedb.ts';
import { schemaState } from '../src/main/database/schema-state.ts';
import { migrationsOf, plainName } from '../src/main/database/schema-version.ts';
import { type AnyTables, tablesInOrder } from '../src/main/database/tables.ts';
import { entities } from '../src/main/entities.ts';
import { loadUnit, versionOfCode, writeRunSettings } from '../src/main/run-settings.ts';
import { contents, filled, logRow, type Place, place, using } from './database-places.ts';
import { startMariaDb } from './database-servers.ts';
import { needs } from './needs.ts';

const hasMariaDb = needs('mariadb').available;

describe('updatedb', () => {
  it('says when there is nothing to do', async () => {
    const at = await filled();
    expect(await runUpdatedb(at)).toBe(0);
    expect(at.lines).toEqual(['The database is up to date.']);
  });

  it('makes a database that is not there', async () => {
    const at = place();
    expect(await runUpdatedb(at)).toBe(0);
    expect(await schemaState(at.databaseUrl)).toBe('current');
  });

  it('backs up what an older database holds, and keeps it', async () => {
    const at = await older();
    expect(await schemaState(at.databaseUrl)).toBe('older');
    expect(await runUpdatedb(at)).toBe(0);
    expect(await schemaState(at.databaseUrl)).toBe('current');
    expect((await contents(at.databaseUrl)).log).toHaveLength(1);
    const to = place();
    const [saved = ''] = readdirSync(join(at.dataFolder, 'backups'));
    await runRestore({ ...to, file: join(at.dataFolder, 'backups', saved) });
    expect((await contents(to.databaseUrl)).log).toHaveLength(1);
    expect(await schemaState(to.databaseUrl)).toBe('current');
  });

  it('refuses while the dome is open and an agent lives', async () => {
    const at = await filled();
    await live(at.databaseUrl, 'DomeOpened');
    await expect(runUpdatedb(at)).rejects.toMatchObject({ code: 'DOME_OPEN' });
  });

  it('judges by the time that the unit lives in', async () => {
    const at = await filled();
    const nightMs = Date.UTC(2014, 3, 23, 21);
    await live(at.databaseUrl, 'DomeOpened', nightMs);
    expect(await runUpdatedb(at)).toBe(0);
    const { databaseUrl, dataFolder } = at;
    const time = { realStartMs: Date.now(), segments: [{ fromMs: nightMs, rate: 1 }] };
    const rest = { time, seed: 1, scenario: null, version: versionOfCode() };
    writeRunSettings({ unit: loadUnit('simulated'), databaseUrl, dataFolder, ...rest });
    await expect(runUpdatedb(at)).rejects.toMatchObject({ code: 'DOME_OPEN' });
  });

  it('changes no structure under agents that live', async () => {
    const at = await older();
    await live(at.databaseUrl, 'DomeClosed');
    await expect(runUpdatedb(at)).rejects.toMatchObject({ code: 'UNIT_RUNNING' });
    expect(await schemaState(at.databaseUrl)).toBe('older');
  });

  it('lets one at a time change the structure', async () => {
    const at = await older();
    const both = await Promise.allSettled([runUpdatedb(at), runUpdatedb(at)]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')?.reason.code).toBe('UPDATE_RUNNING');
    expect(await schemaState(at.databaseUrl)).toBe('current');
  });

  it('goes on after it was killed, on SQLite', async () => {
    for (const afterMs of [0, 20, 60, 150]) {
      const at = await older();
      await killedUpdate(at, async () => {
        while (!existsSync(`${at.databaseUrl.slice('sqlite:'.length)}.lock`)) await sleep(1);
        await sleep(afterMs);
      });
      expect(await runUpdatedb(at)).toBe(0);
      expect(await schemaState(at.databaseUrl)).toBe('current');
      expect((await contents(at.databaseUrl)).log).toHaveLength(1);
    }
  });

  it.skipIf(!hasMariaDb)('goes on after it was killed, on MariaDB', async () => {
    const server = await startMariaDb();
    onTestFinished(() => server.stop());
    for (const statements of [1, 4, 9]) {
      const at = place(server.another(`killed${statements}`));
      await killedUpdate(at, () => untilDone(at.databaseUrl, statements));
      expect(await schemaState(at.databaseUrl)).not.toBe('current');
      expect(await runUpdatedb(at)).toBe(0);
      expect(await schemaState(at.databaseUrl)).toBe('current');
      expect(await missingStructure(at.databaseUrl)).toBe('');
    }
  });
});

/** A database as the first release made it, with one line in its log. */
async function older(): Promise<Place> {
  const at = place();
  const [first = ''] = migrationsOf('sqlite');
  await bringUpToDate(at.databaseUrl, parseDatabaseUrl(at.databaseUrl), plainName(first));
  await using(at.databaseUrl, (database) =>
    database.transaction((work) => insertRow(work, 'log', logRow('old'))),
  );
  return at;
}

/** An agent that spoke just now, after the dome did something. */
async function live(url: string, type: string, atMs = Date.now()): Promise<void> {
  const at = new Date(atMs).toISOString();
  await using(url, async (database) => {
    const { columns = [] } =
      (await tablesInOrder(database.tables(), database.engine)).find(
        (table) => table.name === 'agents_survey',
      ) ?? {};
    const all: Record<string, unknown> = {
      ...{ name: 'Majordome', created: at, updated: at, validity_duration_sec: 60 },
      ...{ mode: 'ACTIVE', status: 'IN_MAIN_LOOP', pid: 1, host: '', incarnation: 1, iteration: 1 },
    };
    const survey = Object.fromEntries(columns.map((column) => [column, all[column]]));
    const tables = database.tables<AnyTables>();
    await tables.insertInto('agents_survey').values(survey).execute();
    await tables
      .insertInto('fact')
      .values({ at, agent: 'Majordome', type, payload: '{}' })
      .execute();
  });
}

/** An updatedb in a process of its own that gets no further than `until`. */
async function killedUpdate(at: Place, until: () => Promise<void>): Promise<void> {
  const module = join(import.meta.dirname, '../src/main/database/run-updatedb.ts');
  const { databaseUrl, dataFolder } = at;
  const script = `import(${JSON.stringify(module)}).then((it) => it.runUpdatedb(${JSON.stringify({ databaseUrl, dataFolder })}))`;
  const child = spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await Promise.race([until(), ended]);
  child.kill('SIGKILL');
  await ended;
}

async function untilDone(url: string, statements: number): Promise<void> {
  await using(url, async (database) => {
    for (;;) {
      const { rows } = await sql<{
        n: number | null;
      }>`select max(statements) as n from update_progress`
        .execute(database.tables())
        .catch(() => ({ rows: [] }));
      if ((rows[0]?.n ?? 0) >= statements) return;
      await sleep(1);
    }
  });
}

/** What the schema tool would still change. */
async function missingStructure(url: string): Promise<string> {
  const orm = await openOrm(url, entities);
  try {
    return await orm.schema.getUpdateSchemaSQL({ wrap: false });
  } finally {
    await orm.close(true);
  }
}
