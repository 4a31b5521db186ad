import {
  type AgentContext,
  type Fact,
  type FactPayloads,
  type FactType,
  factsAfter,
  type Order,
} from '#agent';
import type { Database } from '#db';
import { EMPTY_SCENARIO, MemoryNetwork, makeSimulators, openDome, type Scenario } from '#devices';
import { type Logger, VirtualClock } from '#platform';
import type { DomeSpec, Unit } from '#unit';
import { insertCommand } from '../agent/command-store.ts';
import { NIGHT_MS, passOn, smallUnit } from '../devices/virtual-simulators.ts';
import { tempDatabase, tempFolder } from './temp-database.ts';

/** The small unit on virtual time with an empty database: what an agent needs to live. */
export interface World {
  readonly unit: Unit;
  readonly clock: VirtualClock;
  readonly database: Database;
  readonly network: MemoryNetwork;
  readonly dataFolder: string;
  /** What agents logged as errors. */
  readonly errors: string[];
  /** Lets that many seconds go by. */
  pass(seconds: number): Promise<void>;
  context(name: string): AgentContext;
  close(): Promise<void>;
}

/** Something that lives until stopped. */
interface Life {
  run(): Promise<void>;
  stop(): void;
}

/** A test lasts no longer, and every dome takes it. */
export const LONG_PERMIT_SECONDS = 900_000;

/** The simulators of the small unit in memory; the dome keeps a permit for as long as it is told. */
export async function makeWorld(
  start: { startMs?: number; scenario?: Scenario; dome?: Partial<DomeSpec> } = {},
): Promise<World> {
  const plain = smallUnit();
  const unit = {
    ...plain,
    dome: { ...plain.dome, permitSeconds: LONG_PERMIT_SECONDS, ...start.dome },
  };
  const clock = new VirtualClock(start.startMs ?? NIGHT_MS);
  const network = new MemoryNetwork();
  const scenario = start.scenario ?? EMPTY_SCENARIO;
  const simulators = makeSimulators(unit, { clock, seed: 1, scenario }, network.link);
  for (const { address, endpoint } of Object.values(simulators)) network.serve(address, endpoint);
  const database = await tempDatabase();
  const errors: string[] = [];
  return {
    unit,
    clock,
    database,
    network,
    dataFolder: tempFolder(),
    errors,
    pass: (seconds) => passOn(clock, seconds),
    context: (name) => ({ name, clock, database, log: errorLog(errors), pid: 0 }),
    close: async () => {
      for (const simulator of Object.values(simulators)) simulator.stop();
    },
  };
}

function errorLog(errors: string[]): Logger {
  const quiet = () => undefined;
  const log = {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (text: string) => errors.push(text),
  };
  return log as unknown as Logger;
}

/** Lets an agent live; gives how to end it, which resolves once it is over. */
export function live(life: Life): () => Promise<void> {
  const over = life.run();
  return async () => {
    life.stop();
    await over;
  };
}

/** Opens the dome under a permit of many hours. */
export async function openTheDome(world: World): Promise<void> {
  const dome = openDome(world.unit.dome, { clock: world.clock, links: world.network.link });
  await dome.permit(900_000);
  await dome.open();
  await world.pass(world.unit.dome.openSeconds + 1);
}

/** Shuts it, as the guardian would. */
export async function closeTheDome(world: World): Promise<void> {
  const dome = openDome(world.unit.dome, { clock: world.clock, links: world.network.link });
  await dome.close();
}

/** Everything told so far, oldest first. */
export async function allFacts(world: Pick<World, 'database'>): Promise<Fact[]> {
  return await factsAfter(world.database, 0, 10_000);
}

/** The payloads of one type of fact. */
export async function told<T extends FactType>(
  world: Pick<World, 'database'>,
  type: T,
): Promise<FactPayloads[T][]> {
  const facts = (await allFacts(world)).filter((fact) => fact.type === type);
  return facts.map((fact) => fact.payload as FactPayloads[T]);
}

/** Lets time go by until a fact of that type is told; an Error after `seconds`. */
export async function untilTold(world: World, type: FactType, seconds = 3600): Promise<void> {
  const before = (await told(world, type)).length;
  for (let waited = 0; waited < seconds; waited++) {
    await world.pass(1);
    if ((await told(world, type)).length > before) return;
  }
  throw new Error(`no ${type} within ${seconds} s`);
}

/** Sends a command in the name of the Majordome; gives its number. */
export async function command(
  world: World,
  recipient: string,
  order: Pick<Order, 'name' | 'payload'>,
): Promise<number> {
  const atMs = world.clock.now();
  return await world.database.transaction((work) =>
    insertCommand(work, { sender: 'Majordome', recipient, ...order, atMs, validitySeconds: 600 }),
  );
}
