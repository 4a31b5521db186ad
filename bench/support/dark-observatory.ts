import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceStrategies } from '#alert';
import type { Database } from '#db';
import { RealClock } from '#platform';
import type { Unit } from '#unit';
import { wardsOf } from '../../src/main/demo.ts';
import { submitRequestFile } from '../../src/main/initial-data.ts';
import { prepareDatabase } from '../../src/main/prepare-run.ts';
import { type RunSettings, versionOfCode, writeRunSettings } from '../../src/main/run-settings.ts';
import { Supervisor } from '../../src/main/supervisor.ts';
import { freePorts } from '../../tests/running-night.ts';
import { GotoRecorder } from './goto-recorder.ts';
import {
  fineNight,
  hurriedUnit,
  routineRequest,
  SHORT_STRATEGY,
  siteInTheDark,
} from './night-now.ts';

/** A unit at work on the machine's own time, with a recorder between its observer and its mount. */
export interface DarkObservatory {
  readonly unit: Unit;
  readonly database: Database;
  readonly recorder: GotoRecorder;
  /** Ends every process of it, and drops its folder. */
  stop(): Promise<void>;
}

/** What is started and must be ended, in the order of starting. */
type Endings = (() => Promise<unknown>)[];

/**
 * Starts simulators and agents as processes under supervisors, where it is night now.
 * `databaseUrl`: an empty database; a SQLite file in the observatory's folder when not given.
 */
export async function startDarkObservatory(databaseUrl?: string): Promise<DarkObservatory> {
  const folder = mkdtempSync(join(tmpdir(), 'pyros-bench-'));
  const endings: Endings = [async () => rmSync(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const end of endings.toReversed()) await end();
  };
  try {
    return { ...(await startIn(folder, databaseUrl, endings)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startIn(
  folder: string,
  databaseUrl: string | undefined,
  endings: Endings,
): Promise<Omit<DarkObservatory, 'stop'>> {
  const nowMs = new RealClock().now();
  const { seenByAgents, seenBySimulators } = await units(nowMs);
  const url = databaseUrl ?? `sqlite:${join(folder, 'pyros.sqlite')}`;
  const database = await databaseOf(url, seenByAgents, nowMs);
  endings.push(() => database.close());
  const recorder = new GotoRecorder(addressOfMount(seenBySimulators));
  endings.push(() => recorder.close());
  await recorder.listen(addressOfMount(seenByAgents).port);
  const run = { databaseUrl: url, time: null, seed: 1, scenario: fineNight(nowMs) };
  const version = versionOfCode();
  const { simulators, agents } = wardsOf(seenByAgents);
  const starts = [
    { unit: seenBySimulators, wards: simulators, dataFolder: join(folder, 'simulators') },
    { unit: seenByAgents, wards: agents, dataFolder: join(folder, 'agents') },
  ];
  for (const { unit, wards, dataFolder } of starts) {
    const supervisor = supervisorOf({ ...run, unit, dataFolder, version }, database);
    endings.push(() => supervisor.stop());
    await supervisor.start(wards);
  }
  return { unit: seenByAgents, database, recorder };
}

function supervisorOf(settings: RunSettings, database: Database): Supervisor {
  const { dataFolder } = settings;
  mkdirSync(dataFolder, { recursive: true });
  const runFile = writeRunSettings(settings);
  return new Supervisor({ runFile, dataFolder, clock: new RealClock(), database });
}

/** The agents find the recorder where the simulators do not have the mount. */
async function units(nowMs: number): Promise<{ seenByAgents: Unit; seenBySimulators: Unit }> {
  const [mount = 0, proxy = 0, vis = 0, nir = 0, dome = 0, plc = 0, alerts = 0, web = 0] =
    await freePorts(8);
  const ports = { vis, nir, dome, plc, alerts, web };
  const site = siteInTheDark(nowMs);
  return {
    seenByAgents: hurriedUnit(site, { ...ports, mount: proxy }),
    seenBySimulators: hurriedUnit(site, { ...ports, mount }),
  };
}

/** The initial data and requests of a demonstration, one long ordinary sequence, one strategy. */
async function databaseOf(url: string, unit: Unit, nowMs: number): Promise<Database> {
  const database = await prepareDatabase(url, { unit, startMs: nowMs, targetsAtMs: nowMs });
  await database.transaction((work) => replaceStrategies(work, [SHORT_STRATEGY]));
  const source = { file: 'routine.xml', xml: routineRequest(unit.site, nowMs) };
  await submitRequestFile(database, source, { unit, nowMs, targetsAtMs: nowMs });
  return database;
}

function addressOfMount(unit: Unit): { host: string; port: number } {
  const [mount] = unit.mounts;
  if (!mount) throw new RangeError('a unit has one mount at least');
  return mount.address;
}
