import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { type AgentTables, factsAfter, readSurveys, Sender } from '#agent';
import { type Database, openDatabase } from '#db';
import { RealClock } from '#platform';
import { type PrivateServer, startPostgres } from './database-servers.ts';
import { needs } from './needs.ts';
import { freePorts } from './running-night.ts';

const CHECKOUT = join(import.meta.dirname, '..');

/** Whether this user may give a process a host name of its own. */
const CAN_NAME = spawnSync('unshare', ['--uts', 'hostname', 'probe']).status === 0;

/** A checkout of its own: own code, own configuration, own data; the packages are shared. */
class Computer {
  readonly name: string;
  readonly folder: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #children: ChildProcess[] = [];
  #out = '';

  constructor(parts: { name: string; folder: string; unitFile: string; databaseUrl: string }) {
    this.name = parts.name;
    this.folder = join(parts.folder, parts.name);
    mkdirSync(this.folder);
    for (const part of ['src', 'config', 'package.json']) {
      cpSync(join(CHECKOUT, part), join(this.folder, part), { recursive: true });
    }
    cpSync(parts.unitFile, join(this.folder, 'config', 'split.yaml'));
    for (const part of ['node_modules', 'dist']) {
      symlinkSync(join(CHECKOUT, part), join(this.folder, part));
    }
    const { PYROS_DATA: _data, ...rest } = process.env;
    this.#environment = { ...rest, PYROS_DATABASE_URL: parts.databaseUrl };
  }

  /** Starts agents; resolves when all of them are at work. */
  async start(...words: string[]): Promise<ChildProcess> {
    const before = this.#out.length;
    const [program = '', ...args] = [...this.#ownName(), ...this.#args('start', ...words)];
    const child = spawn(program, args, {
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.push(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => (this.#out += chunk));
    }
    for (let i = 0; !this.#out.slice(before).includes('Everything runs'); i++) {
      if (child.exitCode !== null || i > 1200) throw new Error(`${this.name}:\n${this.#out}`);
      await sleep(50);
    }
    return child;
  }

  /** Runs a command to its end; gives what it printed. */
  run(...words: string[]): Promise<string> {
    return new Promise((resolve) => {
      const options = { env: this.#environment };
      const [program = '', ...args] = this.#args(...words);
      execFile(program, args, options, (_error, out, err) => resolve(out + err));
    });
  }

  async stop(): Promise<void> {
    const living = this.#children.filter((child) => child.exitCode === null && !child.killed);
    const ends = living.map((child) => new Promise((resolve) => child.once('exit', resolve)));
    for (const child of living) child.kill('SIGTERM');
    await Promise.all(ends);
  }

  /** Gives it a host name of its own, where the system lets us: then nobody can look for its processes. */
  #ownName(): string[] {
    if (!CAN_NAME) return [];
    return ['unshare', '--uts', 'sh', '-c', `hostname ${this.name} && exec "$@"`, 'sh'];
  }

  #args(...words: string[]): string[] {
    const cli = join(this.folder, 'src', 'main', 'cli.ts');
    return [
      process.execPath,
      '--disable-warning=ExperimentalWarning',
      cli,
      '--configfile',
      'split',
      ...words,
    ];
  }
}

/** The simulated unit, its agents on two computers, all ports free ones. */
async function splitUnit(file: string): Promise<void> {
  const document = parseDocument(readFileSync(join(CHECKOUT, 'config', 'simulated.yaml'), 'utf8'));
  const addresses = [
    ['mounts', 0, 'address'],
    ['channels', 0, 'address'],
    ['channels', 1, 'address'],
    ['dome', 'address'],
    ['plc', 'address'],
    ['alerts', 'listen'],
    ['gic', 'listen'],
    ['web', 'listen'],
  ];
  const ports = await freePorts(addresses.length);
  for (const [i, path] of addresses.entries()) document.setIn([...path, 'port'], ports[i]);
  document.addIn(['computers'], { alias: 'Computer2', host: 'localhost' });
  const agents = document.toJS().agents as { alias: string; computer: string }[];
  const elsewhere = ['Scheduler', 'AlertListener', 'Webserver', 'AgentX'];
  for (const [i, { alias }] of agents.entries()) {
    if (elsewhere.includes(alias)) document.setIn(['agents', i, 'computer'], 'Computer2');
  }
  writeFileSync(file, document.toString());
}

describe.skipIf(!needs('postgresql').available)('one unit on two computers', () => {
  let folder = '';
  let server: PrivateServer;
  let first: Computer;
  let second: Computer;
  let database: Database;

  const aliveAgents = async () => {
    const surveys = await readSurveys(database);
    return surveys.filter((survey) => survey.status === 'IN_MAIN_LOOP').map((one) => one.name);
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pyros two '));
    server = await startPostgres();
    const unitFile = join(folder, 'split.yaml');
    await splitUnit(unitFile);
    const parts = { folder, unitFile, databaseUrl: server.url };
    first = new Computer({ ...parts, name: 'first' });
    second = new Computer({ ...parts, name: 'second' });
    await first.start('all', '--computer', 'Computer1');
    database = await openDatabase(server.url);
    await second.start('all', '--computer', 'Computer2');
  });

  afterAll(async () => {
    await first?.stop();
    await second?.stop();
    await database?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('lives as one: every agent is seen, from either', async () => {
    const wanted = [
      'AlertListener',
      'Majordome',
      'Monitoring',
      'Observer',
      'Scheduler',
      'Webserver',
    ];
    const missing = async () => {
      const alive = await aliveAgents();
      return wanted.filter((name) => !alive.includes(name));
    };
    for (let i = 0; (await missing()).length > 0 && i < 600; i++) await sleep(50);
    expect(await missing()).toEqual([]);
    const seen = await second.run('status');
    for (const name of ['Guardian', 'Majordome', 'Scheduler', 'Webserver']) {
      expect(seen).toContain(name);
    }
    const facts = await factsAfter(database, 0);
    const modes = facts.flatMap((fact) => (fact.type === 'ModeChanged' ? [fact.payload.to] : []));
    expect(modes).toContain('PASSIVE');
  });

  it('answers across: a command given on one is done on the other', async () => {
    expect(await first.run('send', 'Scheduler', 'eval', '6*7')).toContain('42');
    expect(await second.run('send', 'Majordome', 'get', 'mode')).toContain('ACTIVE');
  });

  it('starts an agent again that is killed, wherever it lives', async () => {
    const agents = ['Monitoring', 'Scheduler', 'AlertListener', 'Majordome'];
    const victim = agents[Math.floor(Math.random() * agents.length)] ?? '';
    const lifeOf = async () => (await readSurveys(database)).find((one) => one.name === victim);
    const before = await lifeOf();
    process.kill(before?.pid ?? 0, 'SIGKILL');
    for (let i = 0; (await lifeOf())?.incarnation === before?.incarnation && i < 600; i++) {
      await sleep(50);
    }
    expect((await lifeOf())?.incarnation, victim).toBe((before?.incarnation ?? 0) + 1);
    const sender = new Sender({ name: 'Tester', database, clock: new RealClock() });
    const sent = await sender.send(victim, 'eval 1+1');
    expect(await sent.ended()).toMatchObject({ state: 'EXECUTED', result: '2' });
  });

  it('has the work of a computer that dies taken over by whoever stands by, once', async () => {
    const worker = await second.start('agentX', '--computer', 'Computer2');
    const standby = first.start('agentX', '--standby', '--computer', 'Computer2');
    await standby;
    const sender = new Sender({ name: 'Tester', database, clock: new RealClock() });
    const numbers = Array.from({ length: 30 }, (_, i) => 2000 + i);
    const sent = await Promise.all(
      numbers.map((n) => sender.send('AgentX', `compute ${n}`, { validitySeconds: 120 })),
    );
    // The power goes while it works: supervisor and agent at once.
    await sent[3]?.ended();
    const survey = (await readSurveys(database)).find((one) => one.name === 'AgentX');
    worker.kill('SIGKILL');
    process.kill(survey?.pid ?? 0, 'SIGKILL');
    const ends = await Promise.all(sent.map((command) => command.ended()));
    expect(ends.map((end) => end.state)).toEqual(numbers.map(() => 'EXECUTED'));
    expect(ends.map((end) => end.result)).toEqual(
      numbers.map((n) => expect.stringMatching(`^\\d+ primes below ${n}$`)),
    );
    const rows = await database
      .tables<AgentTables>()
      .selectFrom('command')
      .select(['id', 'sender'])
      .where('recipient', '=', 'AgentX')
      .where('sender', '=', 'Tester')
      .execute();
    expect(rows).toHaveLength(numbers.length);
    const next = (await readSurveys(database)).find((one) => one.name === 'AgentX');
    expect(next?.incarnation).toBe((survey?.incarnation ?? 0) + 1);
  });
});
