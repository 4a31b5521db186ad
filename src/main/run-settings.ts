import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  type Clock,
  makeFolder,
  PyrosError,
  RealClock,
  ScaledClock,
  type ScaledTime,
} from '#platform';
import { type Unit, unitOf } from '#unit';

/** What all processes of one run of a unit share: written once by the supervisor, read by each. */
export interface RunSettings {
  /** The unit file as it was when the run began, with the changes of the command line. */
  readonly unit: Unit;
  readonly databaseUrl: string;
  readonly dataFolder: string;
  /** The accelerated clock; null on real time. */
  readonly time: ScaledTime | null;
  /** Decides weather, sky and noise of the simulators. */
  readonly seed: number;
  /** What the simulators make happen: the guide's scenario JSON. */
  readonly scenario: unknown;
  readonly version: string;
}

/** The folder of the checkout. */
export const CHECKOUT = join(import.meta.dirname, '..', '..');

/** The data folder: `PYROS_DATA`, or `data` of the checkout. */
export function dataFolderOfUser(): string {
  return resolve(process.env.PYROS_DATA ?? join(CHECKOUT, 'data'));
}

/** The database: `PYROS_DATABASE_URL`, or a SQLite file in the data folder. */
export function databaseUrlOfUser(): string {
  return process.env.PYROS_DATABASE_URL ?? `sqlite:${join(dataFolderOfUser(), 'pyros.sqlite')}`;
}

/** The address of a database as people may see it. */
export function withoutPassword(databaseUrl: string): string {
  return databaseUrl.replace(/:[^:@/]*@/, '@');
}

export function versionOfCode(): string {
  const file = readFileSync(join(CHECKOUT, 'package.json'), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}

/**
 * The unit of a configuration's name (`simulated`) or of a file's path, absolute or relative. Throws
 * `UNIT_INVALID`, or `UNIT_UNREADABLE` when there is no such file.
 */
export function loadUnit(nameOrPath: string): Unit {
  const isPath = nameOrPath.includes('/') || nameOrPath.endsWith('.yaml');
  const file = isPath ? nameOrPath : join(CHECKOUT, 'config', `${nameOrPath}.yaml`);
  return unitOf(textOf(file), isPath ? file : join('config', `${nameOrPath}.yaml`));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new PyrosError('UNIT_UNREADABLE', `The unit file ${file} cannot be read.`, {
      cause,
      remedy: 'Give --configfile the name of a file in config/ (e.g. simulated), or a path.',
    });
  }
}

export function clockOf(settings: RunSettings): Clock {
  return settings.time ? new ScaledClock(settings.time) : new RealClock();
}

/** Leaves the settings where the processes of the run find them; gives the file. */
export function writeRunSettings(
  settings: RunSettings,
  file = join(settings.dataFolder, 'run.json'),
): string {
  makeFolder(dirname(file));
  // The address of the database may hold a password.
  writeFileSync(file, JSON.stringify(settings, null, 2), { mode: 0o600 });
  chmodSync(file, 0o600);
  return file;
}

/** The file is ours: its unit was checked when it was written. */
export function readRunSettings(file: string): RunSettings {
  return JSON.parse(readFileSync(file, 'utf8')) as RunSettings;
}
