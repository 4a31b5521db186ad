/**
 * What a command costs from its sending to its end seen by its sender, how many there can be, and what
 * agents cost that wait for one; beside request and reply over NATS, which keeps nothing:
 * `./pyros bench commands [--engines sqlite,postgres,mariadb] [--commands 300] [--seconds 4]
 * [--idle 20]`.
 */
import { parseArgs } from 'node:util';
import { needs } from '../tests/needs.ts';
import { endOfChild, forkModule, nextMessage } from './support/child.ts';
import { type EngineResult, GOALS, printResult, printStages } from './support/command-report.ts';
import {
  COMMON,
  MOST_SENDERS,
  runStages,
  SPECIFIC,
  type Stages,
} from './support/command-stages.ts';
import { CommandUnit, type Engine } from './support/command-unit.ts';
import { RECIPIENT } from './support/courier.ts';
import { idleCost } from './support/idle-agents.ts';
import { machineNow } from './support/machine.ts';
import { startNatsServer } from './support/nats-server.ts';
import { memoryOf } from './support/process-tree.ts';
import { SenderCrew } from './support/sender-crew.ts';

const ENGINES: readonly Engine[] = ['sqlite', 'postgres', 'mariadb'];
const IDLE_AGENTS = 12;

interface Options {
  readonly engines: readonly Engine[];
  /** Of each sender in a stage that measures latency. */
  readonly commands: number;
  /** The length of any stage. */
  readonly seconds: number;
  readonly idleSeconds: number;
}

async function measure(engine: Engine, options: Options): Promise<EngineResult> {
  const before = machineNow();
  console.error(`${engine}: starting`);
  const unit = await CommandUnit.start(engine);
  endings.add(unit);
  try {
    await unit.startAgents([RECIPIENT]);
    const stages = await withCrew(unit.databaseUrl, (crew) =>
      runStages(crew, [...COMMON, SPECIFIC], options),
    );
    const recipientPssBytes = memoryOf(unit.pidOf(RECIPIENT))?.pssBytes ?? Number.NaN;
    await unit.stopAgents();
    console.error(`${engine}: ${IDLE_AGENTS} agents idle for ${options.idleSeconds} s`);
    const idle = await idleCost(unit, { agents: IDLE_AGENTS, seconds: options.idleSeconds });
    return { engine, machine: { before, after: machineNow() }, stages, recipientPssBytes, idle };
  } finally {
    await unit.stop();
    endings.delete(unit);
  }
}

async function measureNats(options: Options): Promise<Stages | null> {
  console.error('nats: starting');
  const server = await startNatsServer();
  if (!server) {
    console.error('No NATS here: apt-get install -y nats-server');
    return null;
  }
  endings.add(server);
  const module = new URL('./support/nats-recipient-process.ts', import.meta.url);
  const recipient = forkModule(module.pathname, [`${server.port}`]);
  try {
    await nextMessage(recipient, 30_000);
    return await withCrew(`nats:${server.port}`, (crew) => runStages(crew, COMMON, options));
  } finally {
    await endOfChild(recipient);
    await server.stop();
    endings.delete(server);
  }
}

async function withCrew<T>(address: string, work: (crew: SenderCrew) => Promise<T>): Promise<T> {
  const crew = await SenderCrew.start(address, MOST_SENDERS);
  endings.add(crew);
  try {
    return await work(crew);
  } finally {
    await crew.stop();
    endings.delete(crew);
  }
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      engines: { type: 'string', default: ENGINES.join(',') },
      commands: { type: 'string', default: '300' },
      seconds: { type: 'string', default: '4' },
      idle: { type: 'string', default: '20' },
    },
  });
  const words = values.engines.split(',');
  const wanted = ENGINES.filter((engine) => words.includes(engine));
  const [commands, seconds, idleSeconds] = [values.commands, values.seconds, values.idle].map(
    Number,
  );
  const isRead = wanted.length === words.length && [commands, seconds, idleSeconds].every(isAbove0);
  if (!isRead || !commands || !seconds || !idleSeconds) {
    console.error(
      'usage: commands [--engines sqlite,postgres,mariadb] [--commands 300] [--seconds 4] [--idle 20]',
    );
    process.exit(2);
  }
  return { engines: wanted.filter(isHere), commands, seconds, idleSeconds };
}

function isAbove0(value: number | undefined): boolean {
  return value !== undefined && value > 0;
}

function isHere(engine: Engine): boolean {
  if (engine === 'sqlite') return true;
  const need = needs(engine === 'postgres' ? 'postgresql' : 'mariadb');
  if (!need.available) console.error(`No ${engine} here: ${need.install}`);
  return need.available;
}

/** What must be ended when somebody interrupts. */
const endings = new Set<{ stop(): Promise<void> }>();
const options = readOptions();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    void Promise.allSettled([...endings].map((one) => one.stop())).then(() => process.exit(1));
  });
}
const nats = await measureNats(options);
if (nats) printStages('NATS, request and reply: nothing is kept', nats, null);
const results: EngineResult[] = [];
for (const engine of options.engines) {
  const result = await measure(engine, options);
  printResult(result, nats);
  results.push(result);
}
console.log(JSON.stringify({ bench: 'commands', goals: GOALS, nats, results }));
