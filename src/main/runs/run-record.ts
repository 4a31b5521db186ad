import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '#platform';
import { processIdentity } from './process-identity.ts';

/** A `start`, `sims` or `demo` that lives, as the other commands find it. */
export interface RunRecord {
  readonly pid: number;
  /** See {@link processIdentity}. */
  readonly identity: string;
  readonly host: string;
  readonly command: string;
  /** Its agents and simulators. */
  readonly names: readonly string[];
  readonly simulators: readonly string[];
  /** `host:port` of what its simulators and agents listen at. */
  readonly addresses: readonly string[];
  /** ISO-8601, UTC. */
  readonly started: string;
  readonly unit: string;
  /** Its address, without a password. */
  readonly database: string;
  readonly settingsFile: string;
}

/** How a process of a run ended. */
export interface WardResult {
  readonly name: string;
  readonly ok: boolean;
  /** Why it did not end well, or what is worth knowing. */
  readonly reason: string;
}

export function runsFolder(dataFolder: string): string {
  return join(dataFolder, 'runs');
}

/** The file of what belongs to the run of a process: its `json` record, its `settings.json` … */
export function runFile(dataFolder: string, pid: number, what: string): string {
  return join(runsFolder(dataFolder), `${pid}.${what}`);
}

/** Tells the other commands of the run of this process. */
export function writeRun(
  dataFolder: string,
  run: Omit<RunRecord, 'pid' | 'identity' | 'host'>,
): RunRecord {
  const { pid } = process;
  const record = { pid, identity: processIdentity(pid) ?? '', host: hostname(), ...run };
  makeFolder(runsFolder(dataFolder));
  const file = runFile(dataFolder, pid, 'json');
  // Never seen half-written.
  writeFileSync(`${file}.new`, JSON.stringify(record, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return record;
}

/** Ends the record of this process; who asked it to end finds how each of its processes did. */
export function dropRun(dataFolder: string, results: readonly WardResult[]): void {
  const { pid } = process;
  const asked = runFile(dataFolder, pid, 'stop');
  if (existsSync(asked)) {
    writeFileSync(runFile(dataFolder, pid, 'ended.json'), JSON.stringify(results));
    rmSync(asked, { force: true });
  }
  rmSync(runFile(dataFolder, pid, 'settings.json'), { force: true });
  rmSync(runFile(dataFolder, pid, 'json'), { force: true });
}

/** The runs of a data folder that live on this computer, oldest first. */
export function liveRuns(dataFolder: string): readonly RunRecord[] {
  return recordsIn(dataFolder)
    .filter(isAlive)
    .sort((a, b) => a.started.localeCompare(b.started));
}

export function isAlive(run: RunRecord): boolean {
  return run.host === hostname() && processIdentity(run.pid) === run.identity;
}

/** The files that dead runs of this computer left; a run that is being written is none. */
export function leftoversOfRuns(dataFolder: string): readonly string[] {
  const folder = runsFolder(dataFolder);
  if (!existsSync(folder)) return [];
  const records = recordsIn(dataFolder);
  const kept = new Set(
    records.filter((run) => isAlive(run) || run.host !== hostname()).map((run) => `${run.pid}`),
  );
  return readdirSync(folder)
    .filter((file) => /^\d+\./.test(file) && !kept.has(file.split('.', 1)[0] ?? ''))
    .filter((file) => processIdentity(Number.parseInt(file, 10)) === null || isStale(file, records))
    .map((file) => join(folder, file));
}

/** Its number belongs to another process by now. */
function isStale(file: string, records: readonly RunRecord[]): boolean {
  return records.some((run) => run.pid === Number.parseInt(file, 10));
}

export function dropLeftovers(dataFolder: string): readonly string[] {
  const left = leftoversOfRuns(dataFolder);
  for (const path of left) rmSync(path, { recursive: true, force: true });
  return left;
}

function recordsIn(dataFolder: string): RunRecord[] {
  const folder = runsFolder(dataFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => /^\d+\.json$/.test(file))
    .flatMap((file) => {
      try {
        return [JSON.parse(readFileSync(join(folder, file), 'utf8')) as RunRecord];
      } catch {
        // Gone or broken since the folder was listed.
        return [];
      }
    });
}
