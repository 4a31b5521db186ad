import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { AgentB, type AgentContext, Sender, type SentCommand } from '#agent';
import { type Database, openDatabase } from '#db';
import { RealClock, silentLogger } from '#platform';
import { migrateDatabase } from '../src/main/prepare-run.ts';
import { startPostgres } from './database-servers.ts';
import { needs } from './needs.ts';

/** So long the database is away, real milliseconds. */
const AWAY_MS = 30_000;

interface Trouble {
  readonly url: string;
  /** Takes the database away; gives how to bring it back. */
  begin(): Promise<() => Promise<void>>;
  end(): Promise<void>;
}

/** Another program holds the file's write lock. */
async function lockedSqlite(): Promise<Trouble> {
  const folder = mkdtempSync(join(tmpdir(), 'pyros-locked-'));
  const file = join(folder, 'pyros.sqlite');
  return {
    url: `sqlite:${file}`,
    begin: async () => {
      const other = new DatabaseSync(file, { timeout: 10_000 });
      other.exec('begin immediate');
      return async () => {
        other.exec('commit');
        other.close();
      };
    },
    end: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The server is stopped, and started again. */
async function stoppedPostgres(): Promise<Trouble> {
  const server = await startPostgres();
  return {
    url: server.url,
    begin: async () => {
      await server.pause();
      return () => server.resume();
    },
    end: () => server.stop(),
  };
}

const clock = new RealClock();

const contextOf = (name: string, database: Database): AgentContext => {
  return { name, clock, database, pid: process.pid, log: silentLogger };
};

async function untilProgress(command: SentCommand, progress: string): Promise<void> {
  while ((await command.refresh()).progress !== progress) await sleep(20);
}

const TROUBLES = [
  { what: 'a SQLite database locked', start: lockedSqlite, available: true },
  {
    what: 'a PostgreSQL server gone',
    start: stoppedPostgres,
    available: needs('postgresql').available,
  },
];

describe.concurrent('for 30 s', () => {
  const ends: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const end of ends) await end();
  });

  for (const { what, start, available } of TROUBLES) {
    it.skipIf(!available)(`${what}: every command comes to its end, none is lost`, async () => {
      const trouble = await start();
      ends.push(trouble.end);
      await migrateDatabase(trouble.url);
      const [mine, theirs] = [await openDatabase(trouble.url), await openDatabase(trouble.url)];
      const agent = new AgentB(contextOf('AgentB', theirs));
      const life = agent.run();
      const sender = new Sender({ name: 'Tester', database: mine, clock });
      while (agent.status !== 'IN_MAIN_LOOP') await sleep(20);

      const running = await sender.send('AgentB', 'specific1', { timeoutSeconds: 60 });
      await untilProgress(running, 'in step #2/5');
      const comeBack = await trouble.begin();
      const beginMs = performance.now();
      // They are asked while nobody can write: they wait, or expire, but are not forgotten.
      const waiting = sender.send('AgentB', 'specific0', { validitySeconds: 120 });
      const tooShort = sender.send('AgentB', 'eval 1+1', { validitySeconds: 10 });
      await sleep(AWAY_MS - (performance.now() - beginMs));
      await comeBack();

      expect(await running.ended()).toMatchObject({
        state: 'EXECUTED',
        result: 'done in 5 steps',
      });
      expect(await (await waiting).ended()).toMatchObject({ state: 'EXECUTED', result: 'done' });
      expect(await (await tooShort).ended()).toMatchObject({
        state: 'EXPIRED',
        errorCode: 'COMMAND_EXPIRED',
      });
      const after = await sender.send('AgentB', 'eval 2+2');
      expect(await after.ended()).toMatchObject({ state: 'EXECUTED', result: '4' });
      agent.stop();
      await life;
      await Promise.all([mine.close(), theirs.close()]);
    });
  }
});
