import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Clock, RealClock, ScaledClock, type ScaledTime } from '#platform';
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

export function versionOfCode(): string {
  const file = readFileSync(join(CHECKOUT, 'package.json'), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}

/** The unit of a configuration's name (`simulated`) or of a file's path. Throws `UNIT_INVALID`. */
export function loadUnit(nameOrPath: string): Unit {
  const isPath = nameOrPath.includes('/') || nameOrPath.endsWith('.yaml');
  const file = isPath ? nameOrPath : join(CHECKOUT, 'config', `${nameOrPath}.yaml`);
  return unitOf(readFileSync(file, 'utf8'), isPath ? file : join('config', `${nameOrPath}.yaml`));
}

export function clockOf(settings: RunSettings): Clock {
  return settings.time ? new ScaledClock(settings.time) : new RealClock();
}

/** Leaves the settings where the processes of the run find them; gives the file. */
export function writeRunSettings(settings: RunSettings): string {
  const file = join(settings.dataFolder, 'run.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(settings, null, 2));
  return file;
}

/** The file is ours: its unit was checked when it was written. */
export function readRunSettings(file: string): RunSettings {
  return JSON.parse(readFileSync(file, 'utf8')) as RunSettings;
}
