import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ScenarioStep } from '#agent';
import type { Database } from '#db';
import { iso, PyrosError, RealClock } from '#platform';
import type { AgentSpec, Unit } from '#unit';
import {
  clockOf,
  databaseUrlOfUser,
  dataFolderOfUser,
  type RunSettings,
  versionOfCode,
  withoutPassword,
  writeRunSettings,
} from '../run-settings.ts';
import { resultLine, type Ward, type WardEvent } from '../supervision/ward.ts';
import { Supervisor } from '../supervisor.ts';
import { requireIndiDrivers } from './indi-drivers.ts';
import { playScenario } from './play-scenario.ts';
import { addressOf, agentListeners, requireFree, simulatorListeners } from './ports.ts';
import {
  dropLeftovers,
  dropRun,
  liveRuns,
  runFile,
  type WardResult,
  writeRun,
} from './run-record.ts';
import { openUnitDatabase } from './unit-database.ts';
import { untilInterrupted } from './until-interrupted.ts';
import { agentWards, inStages, simulatorWards, talksToDevices } from './wards.ts';

/** Plays a scenario until it is over or stopped; gives what went wrong. */
type Play = (signal: AbortSignal) => Promise<readonly string[]>;

/** What is to live in the foreground of a terminal. */
export interface RunPlan {
  /** The command that asked, for people. */
  readonly command: string;
  readonly unit: Unit;
  readonly agents: readonly AgentSpec[];
  /** Simulated devices: with agents that need them, always, or never. */
  readonly simulators: 'as-needed' | 'yes';
  readonly seed: number;
  /** TEST mode: a database of its own that is dropped at the end, and agents' lines are shown. */
  readonly test: boolean;
  /** In TEST mode, the database stays. */
  readonly keep: boolean;
  readonly standby: boolean;
  /** What the SuperAgent sends once all live; null: nothing. */
  readonly scenario: readonly ScenarioStep[] | null;
}

/** A scenario in which nothing happens: see docs/how-to/write-a-scenario.md. */
const NO_EVENTS = [1];

/** Where a run lives. */
interface Place {
  /** Of the user: where runs are told of. */
  readonly dataFolder: string;
  readonly settings: RunSettings;
  readonly simulators: readonly Ward[];
  /** Dropped at the end. */
  readonly scratch: string | null;
}

/**
 * Starts agents and the simulated devices they need, on real time, and stays until Ctrl-C, `stop`, or
 * the end of all agents. Gives the exit code: 0 when every process ended well.
 */
export async function runUnit(plan: RunPlan): Promise<number> {
  const interrupted = untilInterrupted();
  const place = await placeOf(plan);
  const { settings, dataFolder } = place;
  const database = plan.agents.length > 0 ? await openUnitDatabase(wishOf(settings)) : null;
  const settingsFile = runFile(dataFolder, process.pid, 'settings.json');
  writeRunSettings(settings, settingsFile);
  writeRun(dataFolder, recordOf(plan, place, settingsFile));
  const supervisor = supervisorOf(plan, { settings, settingsFile, database });
  let faults: readonly string[] = [];
  try {
    for (const stage of inStages(place.simulators)) await supervisor.start(stage);
    const play = scenarioOf(plan, { settings, database });
    faults = await live(supervisor, plan, { interrupted, play });
  } finally {
    await supervisor.stop();
    await database?.close();
    dropRun(dataFolder, supervisor.results());
    if (place.scratch && !plan.keep) rmSync(place.scratch, { recursive: true, force: true });
  }
  const code = tellResults(supervisor.results(), plan);
  return faults.length > 0 ? 1 : code;
}

function wishOf({ databaseUrl: url, dataFolder, unit }: RunSettings) {
  return { url, dataFolder, unit, tell: (line: string) => console.error(line) };
}

async function placeOf(plan: RunPlan): Promise<Place> {
  const dataFolder = dataFolderOfUser();
  dropLeftovers(dataFolder);
  requireIndiDrivers(plan.unit);
  const isScratch = plan.test && process.env.PYROS_DATABASE_URL === undefined;
  if (plan.agents.length > 0 && !isScratch) refuseBesideDemo(dataFolder);
  refuseSecondGuardian(plan, dataFolder);
  const scratch = isScratch ? runFile(dataFolder, process.pid, 'test') : null;
  const simulators = needsSimulators(plan, dataFolder) ? simulatorWards(plan.unit) : [];
  const listeners = [
    ...(simulators.length > 0 ? simulatorListeners(plan.unit) : []),
    ...agentListeners(plan.unit, plan.agents),
  ];
  await requireFree(listeners, liveRuns(dataFolder));
  const settings: RunSettings = {
    unit: plan.unit,
    databaseUrl: scratch ? `sqlite:${join(scratch, 'pyros.sqlite')}` : databaseUrlOfUser(),
    dataFolder: scratch ?? dataFolder,
    time: null,
    seed: plan.seed,
    scenario: NO_EVENTS,
    version: versionOfCode(),
  };
  return { dataFolder, settings, simulators, scratch };
}

/** A demonstration has a time of its own: on its database nobody else would understand anybody. */
function refuseBesideDemo(dataFolder: string): void {
  const demo = liveRuns(dataFolder).find(
    (run) => run.command === 'demo' && run.database === withoutPassword(databaseUrlOfUser()),
  );
  if (!demo) return;
  throw new PyrosError('UNIT_RUNNING', `A demonstration runs here (process ${demo.pid}).`, {
    remedy: 'End it with ./pyros stop, or set PYROS_DATA to another folder.',
  });
}

/** It claims no name, so that it needs no database: nothing else would keep two of them apart. */
function refuseSecondGuardian({ agents }: RunPlan, dataFolder: string): void {
  const guardians = agents.filter((agent) => agent.kind === 'guardian').map(({ alias }) => alias);
  const run = liveRuns(dataFolder).find(({ names }) =>
    guardians.some((one) => names.includes(one)),
  );
  if (!run) return;
  throw new PyrosError(
    'AGENT_NAME_TAKEN',
    `${guardians[0]} runs already, with "${run.command}" (process ${run.pid}).`,
    { remedy: 'End that run with ./pyros stop, or start the agents that you need by their names.' },
  );
}

/** Another `start` or `sims` of this data folder may serve the devices already. */
function needsSimulators({ unit, agents, simulators }: RunPlan, dataFolder: string): boolean {
  if (simulators === 'yes') return true;
  if (simulatorWards(unit).length === 0 || !agents.some(talksToDevices)) return false;
  const addresses = simulatorListeners(unit).map(addressOf);
  return !liveRuns(dataFolder).some((run) =>
    addresses.every((address) => run.simulators.length > 0 && run.addresses.includes(address)),
  );
}

function recordOf(plan: RunPlan, { settings, simulators }: Place, settingsFile: string) {
  const listeners = [
    ...(simulators.length > 0 ? simulatorListeners(plan.unit) : []),
    ...agentListeners(plan.unit, plan.agents),
  ];
  return {
    command: plan.command,
    names: plan.agents.map((agent) => agent.alias),
    simulators: simulators.map((ward) => ward.name),
    addresses: listeners.map(addressOf),
    started: iso(new RealClock().now()),
    unit: plan.unit.unit.alias,
    database: plan.agents.length > 0 ? withoutPassword(settings.databaseUrl) : '',
    settingsFile,
  };
}

function supervisorOf(
  plan: RunPlan,
  run: { settings: RunSettings; settingsFile: string; database: Database | null },
): Supervisor {
  return new Supervisor({
    runFile: run.settingsFile,
    dataFolder: run.settings.dataFolder,
    clock: clockOf(run.settings),
    database: run.database,
    onEvent: (event) => console.log(eventLine(event)),
    ...(plan.test ? { show: (name, line) => console.log(ownLine(name, line)) } : {}),
  });
}

/** Agents of the guide begin their lines with their names already. */
function ownLine(name: string, line: string): string {
  return line.startsWith(`(${name})`) ? line : `${name}: ${line}`;
}

function eventLine(event: WardEvent): string {
  switch (event.type) {
    case 'ready':
      return `${event.name} is ready.`;
    case 'ended':
      return `${event.name} has ended.`;
    case 'restarted':
      return `${event.name} ${event.reason}. It is started again.`;
    case 'failed':
      return `${event.name} failed, and is not started again: ${event.reason}.`;
  }
}

async function live(
  supervisor: Supervisor,
  plan: RunPlan,
  { interrupted, play }: { interrupted: Promise<'interrupted'>; play: Play | null },
): Promise<readonly string[]> {
  if (plan.agents.length === 0) {
    console.log('The simulated devices are ready (Ctrl-C ends).');
    await interrupted;
    return [];
  }
  const wards = agentWards(plan.agents).map((ward) => inMode(ward, plan));
  // One that cannot start is told as it happens, and keeps none of the others from living.
  const started = supervisor.start(wards).then(
    () => console.log(`Everything runs${pageOf(plan)} (Ctrl-C ends).`),
    () => undefined,
  );
  const settled = supervisor.settled(wards.map((ward) => ward.name));
  const isOver = new AbortController();
  const ended = Promise.race([interrupted, Promise.all([started, settled])]);
  if (!play) {
    await ended;
    return [];
  }
  // Who plays last may be told to exit: its end is not the end of the scenario.
  const played = started.then(() => play(isOver.signal));
  const faults = await Promise.race([played, interrupted.then(() => ['interrupted'])]);
  isOver.abort();
  return faults;
}

function scenarioOf(
  { scenario }: RunPlan,
  { settings, database }: { settings: RunSettings; database: Database | null },
): Play | null {
  if (!scenario || !database) return null;
  const stage = { database, clock: clockOf(settings), tell: (line: string) => console.log(line) };
  return (signal) => playScenario(scenario, { ...stage, signal });
}

function pageOf({ unit, agents }: RunPlan): string {
  const { host, port } = unit.web.listen;
  return agents.some((agent) => agent.kind === 'web') ? `: look at http://${host}:${port}` : '';
}

/** What fails in a test is not tried again. */
function inMode(ward: Ward, { test, standby }: RunPlan): Ward {
  const args = [...(test ? ['--test'] : []), ...(standby ? ['--standby'] : [])];
  return { ...ward, args, restartBudget: test ? 0 : ward.restartBudget };
}

function tellResults(results: readonly WardResult[], { keep, test }: RunPlan): number {
  for (const result of results) console.log(resultLine(result));
  if (test && keep) {
    console.log(
      `The database of the test stays in ${runFile(dataFolderOfUser(), process.pid, 'test')}.`,
    );
  }
  return results.every((result) => result.ok) ? 0 : 1;
}
