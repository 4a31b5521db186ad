import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { needs } from './needs.ts';
import { freePorts } from './running-night.ts';

/** A database server of this test alone: on loopback, in a folder of its own. */
export interface PrivateServer {
  /** Address of an empty database. */
  readonly url: string;
  /** Makes another empty database and gives its address. */
  another(name: string): string;
  /** Stops the server and keeps what it holds; it lets nobody finish. */
  pause(): Promise<void>;
  /** Starts it again at the same address. */
  resume(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a private PostgreSQL. */
export async function startPostgres(): Promise<PrivateServer> {
  const bin = dirname(needs('postgresql').path);
  const folder = mkdtempSync(join(tmpdir(), 'pyros-pg-'));
  const owner = unprivilegedUser();
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const quiet = { stdio: 'ignore', ...owner } as const;
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-A', 'trust', '-U', 'pyros', '-E', 'UTF8'],
    quiet,
  );
  const [port = 0] = await freePorts(1);
  const options = ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`];
  const start = () =>
    spawn(join(bin, 'postgres'), ['-D', data, '-p', `${port}`, ...options], quiet);
  const client = ['-h', '127.0.0.1', '-p', `${port}`, '-U', 'pyros'];
  const create = (name: string) => {
    execFileSync(join(bin, 'createdb'), [...client, name], quiet);
    return `postgres://pyros@127.0.0.1:${port}/${name}`;
  };
  const server = await runServer(start, {
    signal: 'SIGINT',
    ask: () => execFileSync(join(bin, 'psql'), [...client, '-c', '', 'postgres'], quiet),
  });
  return { url: create('night'), another: create, ...server, stop: () => end(server, folder) };
}

/** Starts a private MariaDB. */
export async function startMariaDb(): Promise<PrivateServer> {
  const folder = mkdtempSync(join(tmpdir(), 'pyros-maria-'));
  const data = join(folder, 'data');
  const socket = join(folder, 'socket');
  const quiet = { stdio: 'ignore' } as const;
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  const common = ['--no-defaults', `--datadir=${data}`, ...user];
  const install = ['--auth-root-authentication-method=normal', '--skip-test-db'];
  execFileSync('mariadb-install-db', [...common, ...install], quiet);
  const [port = 0] = await freePorts(1);
  const listen = [`--port=${port}`, '--bind-address=127.0.0.1', `--socket=${socket}`];
  const start = () => spawn(needs('mariadb').path, [...common, ...listen], quiet);
  const sql = (text: string) =>
    execFileSync(
      'mariadb',
      ['--no-defaults', `--socket=${socket}`, '-u', 'root', '-e', text],
      quiet,
    );
  const server = await runServer(start, { signal: 'SIGTERM', ask: () => sql('select 1') });
  // Over TCP without a password, on loopback, for the length of a test.
  sql("create user 'pyros'@'127.0.0.1'; grant all on *.* to 'pyros'@'127.0.0.1'");
  const create = (name: string) => {
    sql(`create database ${name} character set utf8mb4`);
    return `mariadb://pyros@127.0.0.1:${port}/${name}`;
  };
  return { url: create('night'), another: create, ...server, stop: () => end(server, folder) };
}

/** PostgreSQL refuses to run as root: then it runs as a user that owns nothing. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (what: string) => Number(execFileSync('id', [what, name], { stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // No such user here: try the next.
    }
  }
  return undefined;
}

type Pausable = Pick<PrivateServer, 'pause' | 'resume'>;

/** Starts a server's process and waits until it answers what `ask` asks. */
async function runServer(
  start: () => ChildProcess,
  { signal, ask }: { signal: NodeJS.Signals; ask: () => unknown },
): Promise<Pausable> {
  let server: ChildProcess;
  const resume = async () => {
    server = start();
    await untilReady(server, ask);
  };
  await resume();
  return { resume, pause: () => stopServer(server, signal) };
}

async function untilReady(server: ChildProcess, ask: () => unknown): Promise<void> {
  for (let i = 0; i < 300; i++) {
    if (server.exitCode !== null) break;
    try {
      ask();
      return;
    } catch {
      await sleep(100);
    }
  }
  server.kill('SIGKILL');
  throw new Error('the database server did not start');
}

async function stopServer(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exit = new Promise((resolve) => server.once('exit', resolve));
  if (server.exitCode !== null) return;
  server.kill(signal);
  await exit;
}

async function end(server: Pausable, folder: string): Promise<void> {
  await server.pause();
  rmSync(folder, { recursive: true, force: true });
}
