import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { latestFacts } from '#agent';
import { type Database, openDatabase } from '#db';
import { type NightReport, readNightReport } from '#execution';
import { iso, PyrosError, type RateSegment, RealClock } from '#platform';
import { agentsWithUnit, type Unit } from '#unit';
import { DEFAULT_NIGHT, type DemoNight, demoNight, demoRates } from './demo-night.ts';
import { migrateDatabase, prepareDatabase, setAsidePreviousRun } from './prepare-run.ts';
import { printReport, reportIsComplete } from './print-report.ts';
import {
  CHECKOUT,
  clockOf,
  databaseUrlOfUser,
  dataFolderOfUser,
  type RunSettings,
  versionOfCode,
  withoutPassword,
  writeRunSettings,
} from './run-settings.ts';
import { requireIndiDrivers } from './runs/indi-drivers.ts';
import { addressOf, agentListeners, requireFree, simulatorListeners } from './runs/ports.ts';
import { dropLeftovers, dropRun, liveRuns, writeRun } from './runs/run-record.ts';
import { untilInterrupted } from './runs/until-interrupted.ts';
import { agentWards, inStages, simulatorWards } from './runs/wards.ts';
import { SHORT_NIGHT_SECONDS, shortNight, shortRates, shortUnit } from './short-night.ts';
import { chooseSite } from './sites.ts';
import { StatusLine } from './status-line.ts';
import { loadWards } from './supervision/held-wards.ts';
import { Supervisor, type Ward } from './supervisor.ts';
import { verifyImages } from './verify-images.ts';

/** The words of the command line. */
export interface DemoOptions {
  readonly config: string;
  readonly date?: string;
  readonly site?: string;
  readonly rate?: number;
  readonly seed: number;
  /** With devices on real time: how many dark seconds are shown. */
  readonly dark?: number;
  readonly port?: number;
  readonly exit: boolean;
}

/** What the machine itself does is timed by the machine's clock. */
const realClock = new RealClock();
/** A whole night of the default demonstration lasts about this long, real seconds. */
const DEMO_REAL_SECONDS = 230;
/** The processes need a moment before the night may run away from them, milliseconds. */
const SLOW_START_MS = 6_000;
const LEAST_FREE_BYTES = 1_500_000_000;

/** Shows one night, from the start of the agents to the report. Gives the exit code. */
export async function runDemo(unit: Unit, options: DemoOptions): Promise<number> {
  const dataFolder = dataFolderOfUser();
  dropLeftovers(dataFolder);
  const placed = placeUnit(unit, options);
  requireIndiDrivers(placed);
  const night = nightOf(placed, options);
  checkDisk(dataFolder);
  await requireFree(listenersOf(placed), liveRuns(dataFolder));
  const databaseUrl = databaseUrlOfUser();
  const database = await freshDatabase(databaseUrl, dataFolder, { unit: placed, night });
  const settings: RunSettings = {
    unit: placed,
    databaseUrl,
    dataFolder,
    time: {
      realStartMs: realClock.now(),
      segments: livesOnRealTime(placed)
        ? shortRates(night)
        : slowStart(demoRates(night, { rate: options.rate, realSeconds: DEMO_REAL_SECONDS })),
    },
    seed: options.seed,
    scenario: night.scenario,
    version: versionOfCode(),
  };
  return await show({ settings, night, database, exit: options.exit });
}

/** INDI's devices cannot be hurried, be they simulators. */
function livesOnRealTime(unit: Unit): boolean {
  return unit.indi !== undefined;
}

function nightOf(unit: Unit, { date = DEFAULT_NIGHT, seed, dark }: DemoOptions): DemoNight {
  if (!livesOnRealTime(unit)) return demoNight(unit, date, seed);
  return shortNight(unit, date, dark ?? SHORT_NIGHT_SECONDS);
}

/** Real time at first, while the processes start. */
function slowStart(segments: readonly RateSegment[]): readonly RateSegment[] {
  const [first, ...rest] = segments;
  if (!first || first.rate <= 1) return segments;
  return [
    { fromMs: first.fromMs, rate: 1 },
    { fromMs: first.fromMs + SLOW_START_MS, rate: first.rate },
    ...rest,
  ];
}

/** The unit with what the command line changes. */
function placeUnit(unit: Unit, options: DemoOptions): Unit {
  const site = options.site ? chooseSite(options.site) : unit.site;
  const listen = { ...unit.web.listen, port: options.port ?? unit.web.listen.port };
  const placed = { ...unit, site, web: { ...unit.web, listen } };
  return livesOnRealTime(placed) ? shortUnit(placed) : placed;
}

/** An unreadable or newer database is told before anything is moved. */
async function freshDatabase(
  url: string,
  dataFolder: string,
  { unit, night }: { unit: Unit; night: DemoNight },
): Promise<Database> {
  if (url.startsWith('sqlite:')) {
    refuseBesideOthers(url, dataFolder);
    await migrateDatabase(url);
    setAsidePreviousRun(dataFolder);
  } else {
    await refuseUsed(url);
  }
  return await prepareDatabase(url, {
    unit,
    startMs: night.startMs,
    targetsAtMs: night.dark.startMs,
    ...(livesOnRealTime(unit) ? { folder: join(CHECKOUT, 'config', 'short') } : {}),
  });
}

/** What another run works on is not moved away. */
function refuseBesideOthers(url: string, dataFolder: string): void {
  const [other] = liveRuns(dataFolder).filter((run) => run.database === withoutPassword(url));
  if (!other) return;
  throw new PyrosError(
    'UNIT_RUNNING',
    `Another run (${other.command}, process ${other.pid}) works on the same database.`,
    { remedy: 'End it with ./pyros stop, or set PYROS_DATA to another folder.' },
  );
}

function listenersOf(unit: Unit) {
  return [...agentListeners(unit, agentsWithUnit(unit)), ...simulatorListeners(unit)];
}

/** A night is played from its beginning: on a server, nobody but its owner may clear the way. */
async function refuseUsed(url: string): Promise<void> {
  await migrateDatabase(url);
  const database = await openDatabase(url);
  try {
    const [fact] = await latestFacts(database, 1);
    if (!fact) return;
    throw new PyrosError('DATABASE_USED', 'The database holds another night already.', {
      remedy: 'Point PYROS_DATABASE_URL at an empty database.',
    });
  } finally {
    await database.close();
  }
}

function checkDisk(dataFolder: string): void {
  const existing = [dataFolder, CHECKOUT];
  for (const folder of existing) {
    try {
      const { bavail, bsize } = statfsSync(folder);
      if (bavail * bsize >= LEAST_FREE_BYTES) return;
      throw new PyrosError('DISK_FULL', `Less than 1.5 GB is free on the disk of ${folder}.`, {
        remedy: 'Free some space: a night of images takes about 0.5 GB.',
      });
    } catch (error) {
      if (error instanceof PyrosError) throw error;
      // The folder is not there yet: look at the one around it.
    }
  }
}

/** The processes of a unit, in the order of their start. */
export function wardsOf(unit: Unit): { simulators: Ward[]; agents: Ward[]; senders: Ward[] } {
  return {
    simulators: simulatorWards(unit),
    agents: agentWards(agentsWithUnit(unit)),
    senders: [{ name: 'alerts', program: 'alert-sender-process.ts', restartBudget: 20 }],
  };
}

interface Show {
  readonly settings: RunSettings;
  readonly night: DemoNight;
  readonly database: Database;
  readonly exit: boolean;
}

async function show({ settings: wished, night, database, exit }: Show): Promise<number> {
  const runFile = writeRunSettings(wished);
  writeRun(wished.dataFolder, recordOf(wished, runFile));
  const { dataFolder, unit } = wished;
  const { simulators, agents, senders } = wardsOf(unit);
  const interrupted = untilInterrupted();
  const { host, port } = unit.web.listen;
  console.log(
    `PyROS ${wished.version}: the night of ${night.night} at ${unit.site.name}, simulated`,
  );
  const wards = livesOnRealTime(unit) ? [...simulators, ...agents, ...senders] : [];
  const held = await loadWards(wards, { runFile, dataFolder });
  const settings = begun(wished);
  const clock = clockOf(settings);
  const supervisor = new Supervisor({ runFile, dataFolder, clock, database, held });
  const status = new StatusLine({ database, clock, unit, night });
  try {
    for (const stage of inStages(simulators)) await supervisor.start(stage);
    await supervisor.start(agents);
    await supervisor.start(senders);
    console.log(`Look at http://${host}:${port}  (Ctrl-C ends)`);
    const stopStatus = status.start();
    const ended = await Promise.race([nightEnded(database), interrupted]);
    stopStatus();
    if (ended === 'interrupted') return 130;
    const report = readNightReport(dataFolder, night.night);
    if (!report) throw new PyrosError('NO_REPORT', 'The night ended without a report.');
    printReport(report, join(dataFolder, 'nights', night.night, 'report.json'));
    if (!exit) {
      console.log(`The page stays at http://${host}:${port} until Ctrl-C.`);
      await interrupted;
      return 0;
    }
    return exitCode(report, settings, night);
  } finally {
    await supervisor.stop();
    await database.close();
    dropRun(dataFolder, supervisor.results());
  }
}

/** None of a short night is lost to the start of the processes. */
function begun(settings: RunSettings): RunSettings {
  const { time, unit } = settings;
  if (!time || !livesOnRealTime(unit)) return settings;
  const now = { ...settings, time: { ...time, realStartMs: realClock.now() } };
  writeRunSettings(now);
  return now;
}

function exitCode(
  report: NightReport,
  { unit, dataFolder }: RunSettings,
  night: DemoNight,
): number {
  const expected = { burst: night.burst !== null, rain: night.rain !== null };
  const code = reportIsComplete(report, expected);
  return livesOnRealTime(unit) ? Math.max(code, tellImages(dataFolder)) : code;
}

/** 0 when images were taken and all of them are as they were written. */
function tellImages(dataFolder: string): number {
  const { good, bad } = verifyImages(join(dataFolder, 'nights'));
  console.log(`Images read again and found right: ${good}.`);
  for (const sentence of bad) console.error(`WRONG: ${sentence}`);
  return good > 0 && bad.length === 0 ? 0 : 1;
}

function recordOf({ unit, databaseUrl }: RunSettings, settingsFile: string) {
  return {
    command: 'demo',
    names: agentsWithUnit(unit).map((agent) => agent.alias),
    simulators: simulatorWards(unit).map((ward) => ward.name),
    addresses: listenersOf(unit).map(addressOf),
    started: iso(realClock.now()),
    unit: unit.unit.alias,
    database: withoutPassword(databaseUrl),
    settingsFile,
  };
}

async function nightEnded(database: Database): Promise<'ended'> {
  for (;;) {
    const facts = await latestFacts(database, 30);
    if (facts.some((fact) => fact.type === 'NightEnded')) return 'ended';
    await realClock.sleep(0.25);
  }
}
