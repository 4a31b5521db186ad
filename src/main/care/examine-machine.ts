import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { makeFolder } from '#platform';
import { CHECKOUT } from '../run-settings.ts';
import { type Finding, fine } from './finding.ts';

const run = promisify(execFile);
const GIGABYTE = 1e9;

/** Node, as package.json wants it. */
export function examineNode(): Finding {
  const file = readFileSync(join(CHECKOUT, 'package.json'), 'utf8');
  const wanted = (JSON.parse(file) as { engines: { node: string } }).engines.node;
  const needed = wanted.replace(/^>=/, '');
  const mine = process.versions.node;
  const what = 'Node';
  if (isAtLeast(mine, needed)) return fine(what, `Node ${mine}.`);
  const sentence = `Node ${mine} is older than ${needed}.`;
  return {
    state: 'bad',
    what,
    sentence,
    remedy: 'Start PyROS with ./pyros, which fetches the right one.',
  };
}

/** Compares versions such as `24.11` and `24.19.2`. */
export function isAtLeast(version: string, needed: string): boolean {
  const [mine, wanted] = [version, needed].map((text) => text.split('.').map(Number));
  for (const [i, want] of (wanted ?? []).entries()) {
    const have = mine?.[i] ?? 0;
    if (have !== want) return have > want;
  }
  return true;
}

/** What npm installed, against what is locked. */
export function examineDependencies(): Finding {
  const what = 'dependencies';
  const remedy = 'Run ./pyros install.';
  const installed = join(CHECKOUT, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) {
    return { state: 'bad', what, sentence: 'They are not installed.', remedy };
  }
  const locked = versionsIn(join(CHECKOUT, 'package-lock.json'));
  const have = versionsIn(installed);
  // Packages for other platforms are locked and not installed: only a wrong version counts.
  const wrong = [...have].filter(([path, version]) => (locked.get(path) ?? version) !== version);
  if (wrong.length === 0) return fine(what, `${have.size} packages as locked.`);
  const names = wrong.map(([path]) => path.replace(/^node_modules\//, '')).slice(0, 3);
  const sentence = `${wrong.length} packages differ from package-lock.json (${names.join(', ')}).`;
  return { state: 'bad', what, sentence, remedy };
}

function versionsIn(file: string): Map<string, string> {
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as {
    packages: Record<string, { version?: string }>;
  };
  const entries = Object.entries(packages).filter(([path]) => path !== '');
  return new Map(entries.map(([path, { version = '' }]) => [path, version]));
}

/** Space where the images go. */
export function examineDisk(folder: string): Finding {
  const what = 'disk';
  const { bavail, bsize } = statfsSync(nearestExisting(folder));
  const free = bavail * bsize;
  const sentence = `${(free / GIGABYTE).toFixed(1)} GB free at ${folder}.`;
  const remedy = 'Free some space, or set PYROS_DATA to another disk: a night takes about 0.5 GB.';
  if (free < 1.5 * GIGABYTE) return { state: 'bad', what, sentence, remedy };
  if (free < 10 * GIGABYTE) return { state: 'warn', what, sentence, remedy };
  return fine(what, sentence);
}

/** Whether this user may write the data and read the configuration, and others may not read secrets. */
export function examinePermissions(dataFolder: string): Finding {
  const what = 'permissions';
  try {
    makeFolder(dataFolder);
    for (const folder of [
      dataFolder,
      ...['logs', 'runs', 'nights'].map((one) => join(dataFolder, one)),
    ]) {
      if (existsSync(folder)) accessSync(folder, constants.W_OK | constants.X_OK);
    }
    accessSync(join(CHECKOUT, 'config'), constants.R_OK | constants.X_OK);
  } catch (error) {
    const { path = dataFolder } = error as NodeJS.ErrnoException;
    const sentence = `This user has not the rights it needs on ${path}.`;
    return { state: 'bad', what, sentence, remedy: `Give them: chown -R "$USER" "${path}".` };
  }
  if ((statSync(dataFolder).mode & 0o002) !== 0) {
    const sentence = `Anybody may write in ${dataFolder}.`;
    return {
      state: 'warn',
      what,
      sentence,
      remedy: `Take the right away: chmod o-w "${dataFolder}".`,
    };
  }
  return fine(what, `${dataFolder} can be written, config can be read.`);
}

/** Whether the computer's clock follows a time server, where systemd can tell. */
export async function examineClock(): Promise<Finding> {
  const what = 'clock';
  const remedy = 'Start a time service (chrony or systemd-timesyncd): pointing needs UTC to 0.1 s.';
  try {
    const { stdout } = await run('timedatectl', ['show', '-p', 'NTPSynchronized', '--value'], {
      timeout: 5000,
    });
    if (stdout.trim() === 'yes') return fine(what, 'The clock follows a time server.');
    return { state: 'warn', what, sentence: 'The clock follows no time server.', remedy };
  } catch {
    const sentence = 'This system does not tell whether its clock follows a time server.';
    return {
      state: 'warn',
      what,
      sentence,
      remedy: 'See that it does: pointing needs UTC to 0.1 s.',
    };
  }
}

function nearestExisting(folder: string): string {
  return existsSync(folder) ? folder : nearestExisting(dirname(folder));
}
