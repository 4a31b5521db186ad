import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PrivateServer, startMariaDb, startPostgres } from './database-servers.ts';
import { needs } from './needs.ts';

/** A place for the databases of one test. */
export type Engine = Pick<PrivateServer, 'url' | 'another' | 'stop'>;

async function startSqlite(): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'pyros-sqlite-'));
  const another = (name: string) => `sqlite:${join(folder, `${name}.sqlite`)}`;
  return {
    url: another('night'),
    another,
    stop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Every engine that PyROS speaks to: how to start one for a test, and whether it is installed here. */
export const ENGINES: readonly {
  readonly name: 'SQLite' | 'PostgreSQL' | 'MariaDB';
  readonly start: () => Promise<Engine>;
  readonly available: boolean;
}[] = [
  { name: 'SQLite', start: startSqlite, available: true },
  { name: 'PostgreSQL', start: startPostgres, available: needs('postgresql').available },
  { name: 'MariaDB', start: startMariaDb, available: needs('mariadb').available },
];
