import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Fact, type FactType, factsAfter } from '#agent';
import { type Database, openDatabase } from '#db';
import { EMPTY_SCENARIO, MemoryNetwork, makeSimulators } from '#devices';
import {
  inlinePlanner,
  type PlannerClient,
  SchedulerAgent,
  type StoredSchedule,
  scheduleById,
  schedulesOfNight,
  slotsFrom,
} from '#planning';
import { silentLogger, VirtualClock } from '#platform';
import { allSequences, type StoredSequence } from '#request';
import { sunBelow } from '#sky';
import { smallUnit } from '#testing';
import { type AgentSpec, agentsWithUnit, type Unit } from '#unit';
import { makeAgent } from '../../src/main/compose.ts';
import { loadInitialFixture } from '../../src/main/initial-data.ts';
import { migrateDatabase } from '../../src/main/prepare-run.ts';
import { scenarioOf } from '../../src/main/scenario-alerts.ts';
import { contextOf, type Runnable, type Workshop } from '../../src/main/workshop.ts';
import { followExactly } from './exact-observer.ts';

/** The night of 12 October 2026 over the simulated unit, the Moon below the horizon. */
export const NIGHT = '2026-10-12';
export const unit: Unit = smallUnit();
const MINUTE = 60_000;

/** When the sky is dark enough, UTC ms. */
export const dark = darkOf();

function darkOf(): { readonly startMs: number; readonly endMs: number } {
  const found = sunBelow(unit.site, NIGHT, unit.night.scienceSunAltDeg);
  if (!found) throw new Error('a night in October gets dark');
  return found;
}

/** What the steps of a night work with. */
export interface PhaseWorld {
  readonly database: Database;
  readonly clock: VirtualClock;
  /** The alert agent's own door. */
  receive(packet: Uint8Array): Promise<void>;
}

/** Something that happens at an instant, UTC ms. */
export interface Step {
  readonly atMs: number;
  readonly act: (world: PhaseWorld) => Promise<void>;
}

export interface PhaseWish {
  /** Without an observer, the plan is followed to the second. */
  readonly kinds: readonly AgentSpec['kind'][];
  readonly fromMs: number;
  readonly untilMs: number;
  readonly steps: readonly Step[];
  /** What the simulators do: the guide's scenario. */
  readonly scenario?: readonly unknown[];
  readonly planner?: PlannerClient;
}

/** How the sequences stood at an instant: those without a slot or a reason are in `lost`. */
export interface Sample {
  readonly ms: number;
  readonly statuses: ReadonlyMap<number, string>;
  readonly lost: readonly string[];
}

/** What a night leaves. */
export interface PhaseRecord {
  readonly facts: readonly Fact[];
  readonly versions: readonly StoredSchedule[];
  readonly sequences: ReadonlyMap<number, StoredSequence>;
  readonly samples: readonly Sample[];
}

const SAMPLE_MS = 5 * MINUTE;

/** Lives through part of a night on virtual time, with real agents over a database of its own. */
export async function phaseNight(wish: PhaseWish): Promise<PhaseRecord> {
  const folder = mkdtempSync(join(tmpdir(), 'pyros-phase-'));
  const url = `sqlite:${join(folder, 'pyros.sqlite')}`;
  await migrateDatabase(url);
  const database = await openDatabase(url, { alone: true });
  try {
    await loadInitialFixture(database, unit);
    const samples = await live(wish, database, folder);
    return { samples, ...(await recordOf(database)) };
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function live(wish: PhaseWish, database: Database, dataFolder: string): Promise<Sample[]> {
  const clock = new VirtualClock(wish.fromMs);
  const network = new MemoryNetwork();
  const scenario = wish.scenario ? scenarioOf(wish.scenario) : EMPTY_SCENARIO;
  const simulators = makeSimulators(unit, { clock, seed: 1, scenario }, network.link);
  for (const { address, endpoint } of Object.values(simulators)) network.serve(address, endpoint);
  const settings = { unit, databaseUrl: '', dataFolder, time: null, seed: 1, scenario: null };
  const workshop: Workshop = {
    settings: { ...settings, version: '0.0.0' },
    ...{ clock, database, links: network.link, log: silentLogger, pid: 0, separate: false },
  };
  const agents = await makeAgents(wish, workshop);
  const lives = agents.map((agent) => agent.run());
  const world = { database, clock, receive: doorOf(agents, clock) };
  const over = new AbortController();
  const follower = wish.kinds.includes('observer') ? null : followExactly(world, over.signal);
  const samples = await play(wish, world);
  over.abort();
  await follower;
  for (const agent of agents) agent.stop();
  for (const simulator of Object.values(simulators)) simulator.stop();
  await Promise.all([clock.run(clock.now() + 120 * MINUTE), ...lives]);
  return samples;
}

async function makeAgents(wish: PhaseWish, workshop: Workshop): Promise<Runnable[]> {
  const agents: Runnable[] = [];
  for (const spec of agentsWithUnit(unit).filter(({ kind }) => wish.kinds.includes(kind))) {
    const planner = wish.planner ?? inlinePlanner();
    agents.push(
      spec.kind === 'scheduler'
        ? new SchedulerAgent(contextOf(spec, workshop), { unit, planner })
        : await makeAgent(spec, workshop),
    );
  }
  return agents;
}

function doorOf(agents: readonly Runnable[], clock: VirtualClock): PhaseWorld['receive'] {
  const listener = agents.find(
    (agent): agent is Runnable & { receive(packet: Uint8Array, ms: number): Promise<unknown> } =>
      'receive' in agent,
  );
  return async (packet) => void (await listener?.receive(packet, clock.now()));
}

/** Time goes from step to step and from sample to sample. */
async function play(wish: PhaseWish, world: PhaseWorld): Promise<Sample[]> {
  const samples: Sample[] = [];
  const steps = wish.steps.toSorted((a, b) => a.atMs - b.atMs);
  let next = 0;
  for (let ms = wish.fromMs + SAMPLE_MS; ms <= wish.untilMs; ms += SAMPLE_MS) {
    for (; (steps[next]?.atMs ?? Number.POSITIVE_INFINITY) <= ms; next++) {
      await passUntil(world.clock, steps[next]?.atMs ?? ms);
      await steps[next]?.act(world);
    }
    await passUntil(world.clock, ms);
    samples.push(await sample(world));
  }
  return samples;
}

async function passUntil(clock: VirtualClock, ms: number): Promise<void> {
  const over = clock.sleep((ms - clock.now()) / 1000);
  await clock.run(ms);
  await over;
}

async function sample({ database, clock }: PhaseWorld): Promise<Sample> {
  const sequences = await allSequences(database);
  const slots = new Set((await slotsFrom(database, 0)).map((slot) => slot.sequenceId));
  const hasIts = ({ id, status, reason }: StoredSequence): boolean => {
    if (status === 'PLANNED') return slots.has(id);
    return !['TOBEPLANNED', 'UNPLANNABLE', 'EXPIRED'].includes(status) || reason !== '';
  };
  const lost = sequences.filter((one) => !hasIts(one));
  return {
    ms: clock.now(),
    statuses: new Map(sequences.map(({ id, status }) => [id, status])),
    lost: lost.map(({ name, status }) => `${name} is ${status}`),
  };
}

async function recordOf(database: Database): Promise<Omit<PhaseRecord, 'samples'>> {
  const versions: StoredSchedule[] = [];
  for (const { id } of await schedulesOfNight(database, NIGHT)) {
    const version = await scheduleById(database, id);
    if (version) versions.push(version);
  }
  const sequences = await allSequences(database);
  return {
    facts: await factsAfter(database, 0, 100_000),
    versions,
    sequences: new Map(sequences.map((sequence) => [sequence.id, sequence])),
  };
}

/** The facts of one type. */
export function factsOf<T extends FactType>(
  { facts }: Pick<PhaseRecord, 'facts'>,
  type: T,
): Extract<Fact, { type: T }>[] {
  return facts.filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type);
}
