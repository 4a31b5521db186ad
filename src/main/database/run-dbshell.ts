import { spawn, spawnSync } from 'node:child_process';
import type { DatabaseAddress } from '#db';
import { type PlaceOptions, placeOf, refuseAbsent } from './database-place.ts';
import { runSqlConsole } from './sql-console.ts';

/** What `./pyros dbshell` may be told. */
export interface RunDbshellOptions extends PlaceOptions {
  /** One statement to run instead of a session. */
  readonly command?: string | undefined;
  /** Lets statements change what is there. */
  readonly write?: boolean | undefined;
  /** Keeps to the console that comes with PyROS. */
  readonly builtIn?: boolean | undefined;
}

/** A program to start, and what only its environment may tell it. */
interface Console {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Opens the console of the database's engine where it is installed, else a small one of our own. Only
 * reads unless it is told that it may write. Gives the exit code: 1 for any failure.
 *
 * @throws PyrosError `DATABASE_ABSENT` or `DATABASE_UNREADABLE`.
 */
export async function runDbshell(options: RunDbshellOptions = {}): Promise<number> {
  const place = placeOf(options);
  refuseAbsent(place.address);
  const console = consoleOf(place.address, options);
  if (options.builtIn || !isInstalled(console.program)) return await runSqlConsole(place, options);
  const { program, args, env } = console;
  const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code === 0 ? 0 : 1));
  });
}

/** How the console of an engine is started; a password never shows in the list of processes. */
export function consoleOf(
  address: DatabaseAddress,
  { command, write }: Pick<RunDbshellOptions, 'command' | 'write'>,
): Console {
  if (address.engine === 'sqlite') {
    const args = [...(write ? [] : ['-readonly']), '-header', '-column', address.file];
    return { program: 'sqlite3', args: command ? [...args, command] : args, env: {} };
  }
  const url = new URL(address.url);
  const password = decodeURIComponent(url.password);
  url.password = '';
  if (address.engine === 'postgres') {
    const only = write ? {} : { PGOPTIONS: '-c default_transaction_read_only=on' };
    const env = { ...(password ? { PGPASSWORD: password } : {}), ...only };
    return { program: 'psql', args: [url.href, ...(command ? ['-c', command] : [])], env };
  }
  const args = [
    `--host=${url.hostname}`,
    `--port=${url.port || '3306'}`,
    `--user=${decodeURIComponent(url.username)}`,
    ...(write ? [] : ['--init-command=set session transaction read only']),
    ...(command ? [`--execute=${command}`] : []),
    `--database=${url.pathname.slice(1)}`,
  ];
  return { program: 'mariadb', args, env: password ? { MYSQL_PWD: password } : {} };
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}
