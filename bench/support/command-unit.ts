import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, readSurveys } from '#agent';
import { openDatabase } from '#db';
import type { Unit } from '#unit';
import { migrateDatabase } from '../../src/main/prepare-run.ts';
import {
  CHECKOUT,
  loadUnit,
  versionOfCode,
  writeRunSettings,
} from '../../src/main/run-settings.ts';
import { type PrivateServer, startMariaDb, startPostgres } from '../../tests/database-servers.ts';
import { endOfChild, forkModule, nextMessage } from './child.ts';

export type Engine = 'sqlite' | 'postgres' | 'mariadb';

/** The longest start of an agent, milliseconds. */
const START_MS = 30_000;
const LOOK_MS = 100;

/** A database of this measurement alone, and agents of the product in processes of their own. */
export class CommandUnit {
  readonly databaseUrl: string;
  readonly #folder: string;
  readonly #server: PrivateServer | null;
  readonly #agents = new Map<string, ChildProcess>();

  private constructor(folder: string, server: PrivateServer | null) {
    this.#folder = folder;
    this.#server = server;
    this.databaseUrl = server?.url ?? `sqlite:${join(folder, 'pyros.sqlite')}`;
  }

  static async start(engine: Engine): Promise<CommandUnit> {
    const folder = mkdtempSync(join(tmpdir(), 'pyros-commands-'));
    const unit = new CommandUnit(folder, await serverOf(engine));
    try {
      await migrateDatabase(unit.databaseUrl);
      return unit;
    } catch (error) {
      await unit.stop();
      throw error;
    }
  }

  /** Starts agents of these names, all of the guide's kind AgentB; resolves when they are at work. */
  async startAgents(names: readonly string[]): Promise<void> {
    const runFile = this.#writeRun(names);
    const module = join(CHECKOUT, 'src', 'main', 'agent-process.ts');
    for (const name of names) {
      const agent = forkModule(module, [runFile, name]);
      this.#agents.set(name, agent);
      await nextMessage(agent, START_MS);
    }
    await this.#untilAlive(names);
  }

  async stopAgents(): Promise<void> {
    await Promise.all([...this.#agents.values()].map(endOfChild));
    this.#agents.clear();
  }

  pidOf(name: string): number {
    return this.#agents.get(name)?.pid ?? 0;
  }

  /** Ends every process of it, and drops its folder. */
  async stop(): Promise<void> {
    await this.stopAgents();
    await this.#server?.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #writeRun(names: readonly string[]): string {
    const dataFolder = join(this.#folder, `data-${names[0]}`);
    mkdirSync(dataFolder, { recursive: true });
    return writeRunSettings({
      unit: unitOfAgents(names),
      databaseUrl: this.databaseUrl,
      dataFolder,
      time: null,
      seed: 1,
      scenario: null,
      version: versionOfCode(),
    });
  }

  async #untilAlive(names: readonly string[]): Promise<void> {
    const database = await openDatabase(this.databaseUrl);
    try {
      const deadline = Date.now() + START_MS;
      for (;;) {
        const surveys = await readSurveys(database);
        const alive = surveys.filter((survey) => isAlive(survey, Date.now()));
        if (names.every((name) => alive.some((survey) => survey.name === name))) return;
        if (Date.now() > deadline) throw new Error('the agents did not start');
        await sleep(LOOK_MS);
      }
    } finally {
      await database.close();
    }
  }
}

async function serverOf(engine: Engine): Promise<PrivateServer | null> {
  if (engine === 'sqlite') return null;
  return await (engine === 'postgres' ? startPostgres() : startMariaDb());
}

/** The unit of the simulators, with these agents alone. */
function unitOfAgents(names: readonly string[]): Unit {
  const unit = loadUnit('simulated');
  const example = unit.agents.find((agent) => agent.kind === 'agentB');
  if (!example) throw new RangeError('the simulated unit has no AgentB');
  return { ...unit, agents: names.map((alias) => ({ ...example, alias })) };
}
