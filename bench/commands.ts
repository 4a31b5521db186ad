/**
 * What a command costs from its sending to its end seen by its sender, how many there can be, and what
 * agents cost that wait for one; beside request and reply over NATS, which keeps nothing:
 * `./pyros bench commands [--engines sqlite,postgres,mariadb] [--commands 300] [--seconds 5]
 * [--idle 20]`.
 */
import { parseArgs } from 'node:util';
import { needs } from '../tests/needs.ts';
import { endOfChild, forkModule, nextMessage } from './support/child.ts';
import { CommandUnit, type Engine } from './support/command-unit.ts';
import { RECIPIENT } from './support/courier.ts';
import { type IdleCost, idleCost } from './support/idle-agents.ts';
import { type Machine, machineNow, machineSentence, stolenMs } from './support/machine.ts';
import { startNatsServer } from './support/nats-server.ts';
import { memoryOf } from './support/process-tree.ts';
import { type Quantiles, quantilesOf } from './support/quantiles.ts';
import { SenderCrew } from './support/sender-crew.ts';
import { textTable } from './support/text-table.ts';

const ENGINES: readonly Engine[] = ['sqlite', 'postgres', 'mariadb'];
const IDLE_AGENTS = 12;
const MOST_SENDERS = 8;
/** Enough that each wake-up of the recipient finds several; few enough that none waits for long. */
const SEVERAL = 16;
const WARM_UP = 100;
const GOALS = {
  p95Ms: { sqlite: 30, postgres: 15 } as Partial<Record<Engine, number>>,
  perSecond: 1000,
  idlePercent: 3,
  pssBytes: 110e6,
};

interface Options {
  readonly engines: readonly Engine[];
  /** Of each sender in a stage that measures latency. */
  readonly commands: number;
  /** The length of any stage. */
  readonly seconds: number;
  readonly idleSeconds: number;
}

interface Stage {
  readonly name: string;
  readonly text: string;
  readonly result: string;
  readonly senders: number;
  readonly inFlight: number;
  /** For its rate: as many commands as the time allows. */
  readonly isRate: boolean;
}

interface Figures extends Quantiles {
  readonly perSecond: number;
  readonly commands: number;
  readonly stolenMs: number;
}

type Stages = Readonly<Record<string, Figures>>;

interface EngineResult {
  readonly engine: Engine;
  readonly machine: { readonly before: Machine; readonly after: Machine };
  readonly stages: Stages;
  readonly recipientPssBytes: number;
  readonly idle: IdleCost;
}

const evaluate = { text: 'eval 2+2', result: '4' };
const COMMON: readonly Stage[] = [
  { name: '1 sender', ...evaluate, senders: 1, inFlight: 1, isRate: false },
  { name: `1 sender × ${SEVERAL}`, ...evaluate, senders: 1, inFlight: SEVERAL, isRate: true },
  { name: '8 senders', ...evaluate, senders: MOST_SENDERS, inFlight: 1, isRate: true },
  {
    name: `8 senders × ${SEVERAL}`,
    ...evaluate,
    senders: MOST_SENDERS,
    inFlight: SEVERAL,
    isRate: true,
  },
];
const SPECIFIC: Stage = {
  name: '1 sender, specific0',
  text: 'specific0',
  result: 'done',
  senders: 1,
  inFlight: 1,
  isRate: false,
};

async function runStages(
  crew: SenderCrew,
  stages: readonly Stage[],
  { commands, seconds }: Options,
): Promise<Stages> {
  await crew.run(1, { ...evaluate, inFlight: 1, commands: WARM_UP, seconds });
  const rows: [string, Figures][] = [];
  for (const { name, senders, isRate, ...what } of stages) {
    const stolenBefore = stolenMs();
    const most = isRate ? Number.MAX_SAFE_INTEGER : commands;
    const { latenciesMs, perSecond } = await crew.run(senders, {
      ...what,
      commands: most,
      seconds,
    });
    const figures = {
      ...quantilesOf(latenciesMs, 2),
      perSecond: Math.round(perSecond),
      commands: latenciesMs.length,
      stolenMs: stolenMs() - stolenBefore,
    };
    rows.push([name, figures]);
    console.error(`  ${name}: p95 ${figures.p95} ms, ${figures.perSecond} commands/s`);
  }
  return Object.fromEntries(rows);
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

function print(title: string, stages: Stages, nats: Stages | null): void {
  const heads = ['eval 2+2', 'p50', 'p95', 'p99', 'commands/s', 'stolen ms'];
  const besideHeads = nats ? ['p50 / NATS', 'rate / NATS'] : [];
  const rows = Object.entries(stages).map(([name, figures]) => {
    const { p50, p95, p99, perSecond, stolenMs: stolen } = figures;
    const beside = nats?.[name];
    const ratios = beside
      ? [`${(p50 / beside.p50).toFixed(0)} ×`, `1/${(beside.perSecond / perSecond).toFixed(0)}`]
      : [];
    return [name, p50, p95, p99, perSecond, stolen, ...ratios];
  });
  console.log(`\n${title}; milliseconds`);
  console.log(textTable([[...heads, ...besideHeads], ...rows]));
}

function printResult(result: EngineResult, nats: Stages | null): void {
  const { engine, machine, stages, idle, recipientPssBytes } = result;
  print(engine, stages, nats);
  const megabytes = (bytes: number) => Math.round(bytes / 1e6);
  console.log(
    `before: ${machineSentence(machine.before)}; at the end: ${machineSentence(machine.after)}`,
  );
  const p95 = stages['1 sender']?.p95 ?? Number.NaN;
  const rate = stages[`8 senders × ${SEVERAL}`]?.perSecond ?? Number.NaN;
  const p95Goal = GOALS.p95Ms[engine];
  const goals: [string, boolean][] = [
    ...(p95Goal ? [[`p95 of 1 sender ${p95} ≤ ${p95Goal} ms`, p95 <= p95Goal] as const] : []),
    [`8 senders ${rate} ≥ ${GOALS.perSecond} commands/s`, rate >= GOALS.perSecond],
    [
      `${idle.agents} idle agents ${idle.agentsPercent} ≤ ${GOALS.idlePercent} % of a core`,
      idle.agentsPercent <= GOALS.idlePercent,
    ],
    [
      `an agent ${megabytes(recipientPssBytes)} MB (idle ${megabytes(idle.pssBytesEach)}) ≤ ${megabytes(GOALS.pssBytes)} MB`,
      recipientPssBytes <= GOALS.pssBytes,
    ],
  ].map(([text, reached]) => [String(text), reached === true]);
  for (const [text, reached] of goals) {
    console.log(`goal: ${text}: ${reached ? 'reached' : 'NOT reached'}`);
  }
  if (idle.serverPercent > 0) {
    console.log(`the server, while they are idle: ${idle.serverPercent} % of a core`);
  }
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      engines: { type: 'string', default: ENGINES.join(',') },
      commands: { type: 'string', default: '300' },
      seconds: { type: 'string', default: '5' },
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
      'usage: commands [--engines sqlite,postgres,mariadb] [--commands 300] [--seconds 5] [--idle 20]',
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
if (nats) print('NATS, request and reply: nothing is kept', nats, null);
const results: EngineResult[] = [];
for (const engine of options.engines) {
  const result = await measure(engine, options);
  printResult(result, nats);
  results.push(result);
}
console.log(JSON.stringify({ bench: 'commands', goals: GOALS, nats, results }));
