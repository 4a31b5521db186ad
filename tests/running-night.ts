import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Document, isScalar, parseDocument, type Scalar, visit } from 'yaml';
import { type Fact, factsAfter, readSurveys } from '#agent';
import { type Database, openDatabase } from '#db';

const CHECKOUT = join(import.meta.dirname, '..');

/** A demonstration night running in processes of its own, on ports and in a folder of its own. */
export interface RunningNight {
  readonly url: string;
  readonly dataFolder: string;
  readonly database: Database;
  /** Everything it printed so far. */
  output(): string;
  /** Every fact so far, oldest first. */
  facts(): Promise<Fact[]>;
  /** Process id of an agent, as it says itself. */
  pid(agent: string): Promise<number>;
  /** Waits until the facts fulfil a wish; fails after `seconds` of real time. */
  until(what: string, wish: (facts: Fact[]) => boolean, seconds?: number): Promise<Fact[]>;
  /** Waits for the end of the process; gives its exit code. */
  exitCode(): Promise<number | null>;
  /** Ends it, whatever it does, and drops its folder. */
  stop(): Promise<void>;
}

export interface NightWish {
  /** A file of config/; `simulated` when not given. */
  readonly config?: 'simulated' | 'indi';
  readonly args?: readonly string[];
  /** Address of an empty database instead of a SQLite file in the folder. */
  readonly databaseUrl?: string;
  /** Changes the unit file before it is read. */
  readonly edit?: (unit: Document) => void;
}

/** Starts `demo --exit` and waits until its database can be read. */
export async function startNight(wish: NightWish = {}): Promise<RunningNight> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'pyros night '));
  const { file, webPort } = await unitOnFreePorts(dataFolder, wish);
  const databaseUrl = wish.databaseUrl ?? `sqlite:${join(dataFolder, 'pyros.sqlite')}`;
  const cli = join(CHECKOUT, 'src', 'main', 'cli.ts');
  const args = ['demo', '--config', file, '--exit', ...(wish.args ?? [])];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, ...args], {
    env: { ...process.env, PYROS_DATA: dataFolder, PYROS_DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  await waitFor(
    () => output.includes('Look at http'),
    child,
    () => output,
  );
  const database = await openDatabase(databaseUrl);
  return new NightInProcesses({ child, dataFolder, database, webPort, output: () => output });
}

class NightInProcesses implements RunningNight {
  readonly url: string;
  readonly dataFolder: string;
  readonly database: Database;
  readonly output: () => string;
  readonly #child: ChildProcess;
  readonly #exit: Promise<number | null>;

  constructor(parts: {
    child: ChildProcess;
    dataFolder: string;
    database: Database;
    webPort: number;
    output: () => string;
  }) {
    this.url = `http://127.0.0.1:${parts.webPort}`;
    this.dataFolder = parts.dataFolder;
    this.database = parts.database;
    this.output = parts.output;
    this.#child = parts.child;
    this.#exit = new Promise((resolve) => parts.child.once('exit', resolve));
  }

  async facts(): Promise<Fact[]> {
    return await factsAfter(this.database, 0, 1_000_000);
  }

  async pid(agent: string): Promise<number> {
    const surveys = await readSurveys(this.database);
    return surveys.find((survey) => survey.name === agent)?.pid ?? 0;
  }

  async until(what: string, wish: (facts: Fact[]) => boolean, seconds = 500): Promise<Fact[]> {
    const deadline = performance.now() + seconds * 1000;
    for (;;) {
      const facts = await this.facts();
      if (wish(facts)) return facts;
      if (performance.now() > deadline || this.#child.exitCode !== null) {
        throw new Error(`never came: ${what}\n${this.output().slice(-3000)}`);
      }
      await sleep(50);
    }
  }

  exitCode(): Promise<number | null> {
    return this.#exit;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null) this.#child.kill('SIGTERM');
    await this.#exit;
    await this.database.close();
    rmSync(this.dataFolder, { recursive: true, force: true });
  }
}

async function waitFor(
  ready: () => boolean,
  child: ChildProcess,
  output: () => string,
): Promise<void> {
  const deadline = performance.now() + 400_000;
  while (!ready()) {
    if (child.exitCode !== null || performance.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`the night did not start:\n${output()}`);
    }
    await sleep(50);
  }
}

/** A unit of config/ with every port replaced by a free one, and `edit` done to it. */
export async function unitOnFreePorts(
  folder: string,
  { config = 'simulated', edit = () => undefined }: NightWish,
): Promise<{ file: string; webPort: number }> {
  const document = parseDocument(readFileSync(join(CHECKOUT, 'config', `${config}.yaml`), 'utf8'));
  const taken: Scalar[] = [];
  visit(document, {
    Pair: (_, pair) => {
      if (isScalar(pair.key) && pair.key.value === 'port' && isScalar(pair.value)) {
        taken.push(pair.value);
      }
    },
  });
  const ports = await freePorts(taken.length);
  for (const [i, scalar] of taken.entries()) scalar.value = ports[i];
  edit(document);
  const file = join(folder, 'unit.yaml');
  writeFileSync(file, document.toString());
  return { file, webPort: Number(document.getIn(['web', 'listen', 'port'])) };
}

/** Ports that nobody uses now, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
