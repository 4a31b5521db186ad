import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { factsAfter, latestFacts } from '#agent';
import { runAlertSimulator } from '#alert';
import type { Database } from '#db';
import { MemoryNetwork, makeSimulators } from '#devices';
import { type NightReport, readNightReport } from '#execution';
import { makeFolder, silentLogger, VirtualClock } from '#platform';
import { agentsWithUnit, type Unit } from '#unit';
import { makeAgent } from './compose.ts';
import { demoNight } from './demo-night.ts';
import { prepareDatabase } from './prepare-run.ts';
import { type RunSettings, versionOfCode } from './run-settings.ts';
import { scenarioAlerts, scenarioOf } from './scenario-alerts.ts';
import type { Runnable, Workshop } from './workshop.ts';

/** What a night on virtual time gives. */
export interface SimulatedNight {
  readonly report: NightReport | null;
  /** How many facts there are, and the SHA-256 of them all: equal for equal seeds. */
  readonly facts: { readonly count: number; readonly sha256: string };
}

/** A night that has not ended this long after dawn never will, milliseconds. */
const GRACE_MS = 2 * 3_600_000;

/**
 * One whole night in this process, on virtual time: the same agents, the same drivers and simulators,
 * their wires in memory. The same seed gives the same facts, byte for byte.
 */
export async function simulateNight(
  unit: Unit,
  wish: { night: string; seed: number; dataFolder: string },
): Promise<SimulatedNight> {
  const night = demoNight(unit, wish.night, wish.seed);
  rmSync(wish.dataFolder, { recursive: true, force: true });
  makeFolder(wish.dataFolder);
  const databaseUrl = `sqlite:${join(wish.dataFolder, 'pyros.sqlite')}`;
  const settings: RunSettings = {
    unit,
    databaseUrl,
    dataFolder: wish.dataFolder,
    time: null,
    seed: wish.seed,
    scenario: night.scenario,
    version: versionOfCode(),
  };
  const database = await prepareDatabase(databaseUrl, {
    unit,
    startMs: night.startMs,
    targetsAtMs: night.dark.startMs,
    alone: true,
  });
  const clock = new VirtualClock(night.startMs);
  await live({ settings, clock, database, night: wish.night, untilMs: night.closeMs + GRACE_MS });
  const facts = await hashFacts(database);
  await database.close();
  return { report: readNightReport(wish.dataFolder, wish.night), facts };
}

/** Runs every agent until the night has ended. */
async function live(parts: {
  settings: RunSettings;
  clock: VirtualClock;
  database: Database;
  night: string;
  untilMs: number;
}): Promise<void> {
  const { settings, clock, database } = parts;
  const network = new MemoryNetwork();
  const { seed } = settings;
  const scenario = scenarioOf(settings.scenario);
  const simulators = makeSimulators(settings.unit, { clock, seed, scenario }, network.link);
  for (const { address, endpoint } of Object.values(simulators)) network.serve(address, endpoint);
  const workshop: Workshop = {
    settings,
    clock,
    database,
    links: network.link,
    log: silentLogger,
    pid: 0,
    separate: false,
  };
  const agents: Runnable[] = [];
  for (const spec of agentsWithUnit(settings.unit).filter((agent) => agent.kind !== 'web')) {
    agents.push(await makeAgent(spec, workshop));
  }
  const lives = agents.map((agent) => agent.run());
  const stopAlerts = sendAlerts(settings, agents, clock);
  let ended = false;
  const stopWatching = database.onChange(
    () => void hasEnded(database).then((yes) => (ended = yes)),
  );
  await clock.run(parts.untilMs, () => ended);
  stopWatching();
  stopAlerts();
  for (const agent of agents) agent.stop();
  for (const simulator of Object.values(simulators)) simulator.stop();
  await Promise.all([clock.run(clock.now() + GRACE_MS), ...lives]);
}

/** The alert sender hands its packets straight to the alert agent. */
function sendAlerts(
  settings: RunSettings,
  agents: readonly Runnable[],
  clock: VirtualClock,
): () => void {
  const receiver = agents.find((agent): agent is AlertReceiver => 'receive' in agent);
  if (!receiver) return () => undefined;
  const stop = new AbortController();
  runAlertSimulator({
    events: scenarioAlerts(settings.scenario),
    clock,
    signal: stop.signal,
    send: async (packet) => {
      const answer = await receiver.receive(packet, clock.now());
      return answer.ack ? { outcome: 'ack' } : { outcome: 'nak', reason: answer.reason };
    },
  }).catch(() => undefined);
  return () => stop.abort();
}

type AlertReceiver = Runnable & {
  receive(
    packet: Uint8Array,
    receivedMs: number,
  ): Promise<{ ack: true } | { ack: false; reason: string }>;
};

async function hasEnded(database: Database): Promise<boolean> {
  const [last] = await latestFacts(database, 1);
  return last?.type === 'NightEnded';
}

async function hashFacts(database: Database): Promise<{ count: number; sha256: string }> {
  const hash = createHash('sha256');
  let count = 0;
  for (let last = 0; ; ) {
    const facts = await factsAfter(database, last, 1000);
    if (facts.length === 0) break;
    for (const fact of facts) hash.update(`${JSON.stringify(fact)}\n`);
    count += facts.length;
    last = facts.at(-1)?.id ?? last;
  }
  return { count, sha256: hash.digest('hex') };
}
