import { statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { latestFacts } from '#agent';
import { type Database, openDatabase } from '#db';
import { readNightReport } from '#execution';
import { PyrosError, type RateSegment, RealClock } from '#platform';
import type { Unit } from '#unit';
import { DEFAULT_NIGHT, type DemoNight, demoNight, demoRates } from './demo-night.ts';
import { migrateDatabase, prepareDatabase, setAsidePreviousRun } from './prepare-run.ts';
import { printReport, reportIsComplete } from './print-report.ts';
import {
  CHECKOUT,
  clockOf,
  type RunSettings,
  versionOfCode,
  writeRunSettings,
} from './run-settings.ts';
import { chooseSite } from './sites.ts';
import { StatusLine } from './status-line.ts';
import { Supervisor, type Ward } from './supervisor.ts';

/** The words of the command line. */
export interface DemoOptions {
  readonly config: string;
  readonly date?: string;
  readonly site?: string;
  readonly rate?: number;
  readonly seed: number;
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
  const dataFolder = process.env.PYROS_DATA ?? join(CHECKOUT, 'data');
  const placed = placeUnit(unit, options);
  const night = demoNight(placed, options.date ?? DEFAULT_NIGHT, options.seed);
  checkDisk(dataFolder);
  await checkPorts(placed);
  const databaseUrl =
    process.env.PYROS_DATABASE_URL ?? `sqlite:${join(dataFolder, 'pyros.sqlite')}`;
  const database = await freshDatabase(databaseUrl, dataFolder, { unit: placed, night });
  const settings: RunSettings = {
    unit: placed,
    databaseUrl,
    dataFolder,
    time: {
      realStartMs: realClock.now(),
      segments: slowStart(demoRates(night, { rate: options.rate, realSeconds: DEMO_REAL_SECONDS })),
    },
    seed: options.seed,
    scenario: night.scenario,
    version: versionOfCode(),
  };
  return await show({ settings, night, database, exit: options.exit });
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
  return { ...unit, site, web: { ...unit.web, listen } };
}

/** An unreadable or newer database is told before anything is moved. */
async function freshDatabase(
  url: string,
  dataFolder: string,
  { unit, night }: { unit: Unit; night: DemoNight },
): Promise<Database> {
  if (url.startsWith('sqlite:')) {
    await migrateDatabase(url);
    setAsidePreviousRun(dataFolder);
  } else {
    await refuseUsed(url);
  }
  return await prepareDatabase(url, {
    unit,
    startMs: night.startMs,
    targetsAtMs: night.dark.startMs,
  });
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

/** All ports at once, before anything starts. */
async function checkPorts(unit: Unit): Promise<void> {
  const listeners = [
    {
      what: 'the page',
      ...unit.web.listen,
      remedy: 'Stop what uses it, or choose another with --port.',
    },
    ...[...unit.mounts, ...unit.channels, unit.plc, unit.dome].map(({ alias, address }) => {
      return { what: alias, ...address, remedy: 'Stop what uses it: is another PyROS running?' };
    }),
    {
      what: 'alerts',
      ...unit.alerts.listen,
      remedy: 'Stop what uses it: is another PyROS running?',
    },
  ];
  for (const { what, host, port, remedy } of listeners) {
    if (await isFree(host, port)) continue;
    throw new PyrosError('PORT_TAKEN', `Port ${port} (${what}) is taken by another program.`, {
      remedy,
    });
  }
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host, port }, () => server.close(() => resolve(true)));
  });
}

/** The processes of a unit, in the order of their start. */
export function wardsOf(unit: Unit): { simulators: Ward[]; agents: Ward[]; senders: Ward[] } {
  const simulators = ['mount', 'dome', 'plc', ...unit.channels.map((channel) => channel.alias)];
  return {
    simulators: simulators.map((name) => {
      return { name, program: 'simulator-process.ts', restartBudget: 20 };
    }),
    agents: unit.agents.map(({ alias, restartBudget }) => {
      return { name: alias, program: 'agent-process.ts', restartBudget };
    }),
    senders: [
      { name: 'alerts', program: 'alert-sender-process.ts', restartBudget: 20, mayEnd: true },
    ],
  };
}

interface Show {
  readonly settings: RunSettings;
  readonly night: DemoNight;
  readonly database: Database;
  readonly exit: boolean;
}

async function show({ settings, night, database, exit }: Show): Promise<number> {
  const runFile = writeRunSettings(settings);
  const clock = clockOf(settings);
  const { dataFolder, unit } = settings;
  const supervisor = new Supervisor({ runFile, dataFolder, clock, database });
  const interrupted = untilInterrupted();
  const { host, port } = unit.web.listen;
  console.log(
    `PyROS ${settings.version}: the night of ${night.night} at ${unit.site.name}, simulated`,
  );
  const status = new StatusLine({ database, clock, unit, night });
  try {
    const { simulators, agents, senders } = wardsOf(unit);
    await supervisor.start(simulators);
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
    return reportIsComplete(report, { burst: night.burst !== null, rain: night.rain !== null });
  } finally {
    await supervisor.stop();
    await database.close();
  }
}

function untilInterrupted(): Promise<'interrupted'> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve('interrupted'));
    process.once('SIGTERM', () => resolve('interrupted'));
  });
}

async function nightEnded(database: Database): Promise<'ended'> {
  for (;;) {
    const facts = await latestFacts(database, 30);
    if (facts.some((fact) => fact.type === 'NightEnded')) return 'ended';
    await realClock.sleep(0.25);
  }
}
