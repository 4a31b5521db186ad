import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { leftoversOfRuns } from '../runs/run-record.ts';

/** Something that may be removed, and why. */
export interface Rubbish {
  readonly path: string;
  readonly why: string;
}

/** Where rubbish may lie. */
export interface Grounds {
  readonly dataFolder: string;
  readonly checkout: string;
  readonly tempFolder: string;
  readonly nowMs: number;
  /** The user whose files may go; null where the system knows no users. */
  readonly uid: number | null;
}

const DAY_MS = 86_400_000;
const LOG_DAYS = 30;
/** A test that still runs has touched its folder within this. */
const TEST_DAYS = 1;
/** Beginnings of the names that our tests and tools give to their temporary folders. */
const TEST_FOLDERS = ['pyros-test-', 'pyros-model-', 'pyros night '];

/**
 * What nobody needs any more: files of dead runs, logs of 30 days ago, half-made web pages, folders of
 * old tests. Never images, databases or backups.
 */
export function findRubbish(grounds: Grounds): readonly Rubbish[] {
  const { dataFolder } = grounds;
  const runs = leftoversOfRuns(dataFolder).map((path) => ({ path, why: 'a run that died' }));
  return [...runs, ...oldLogs(grounds), ...halfBuilds(grounds), ...testFolders(grounds)];
}

function oldLogs({ dataFolder, nowMs }: Grounds): Rubbish[] {
  return entriesOf(join(dataFolder, 'logs'))
    .filter((path) => /\.(log|out)$/.test(path) && lstatSync(path).isFile())
    .filter((path) => ageDays(path, nowMs) > LOG_DAYS)
    .map((path) => ({ path, why: `a log that nobody wrote to for ${LOG_DAYS} days` }));
}

function halfBuilds({ checkout, dataFolder }: Grounds): Rubbish[] {
  // Some launcher is building them just now.
  if (existsSync(join(dataFolder, 'install.lock'))) return [];
  if (existsSync(join(checkout, 'data', 'install.lock'))) return [];
  return ['web.new', 'web.old']
    .map((name) => join(checkout, 'dist', name))
    .filter((path) => existsSync(path))
    .map((path) => ({ path, why: 'web pages of a build that was interrupted' }));
}

function testFolders({ tempFolder, nowMs, uid }: Grounds): Rubbish[] {
  return entriesOf(tempFolder)
    .filter((path) => TEST_FOLDERS.some((name) => path.startsWith(join(tempFolder, name))))
    .filter((path) => isOurFolder(path, uid) && ageDays(path, nowMs) > TEST_DAYS)
    .map((path) => ({ path, why: 'a folder of a test of long ago' }));
}

function isOurFolder(path: string, uid: number | null): boolean {
  const stat = lstatSync(path);
  return stat.isDirectory() && (uid === null || stat.uid === uid);
}

function entriesOf(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

function ageDays(path: string, nowMs: number): number {
  return (nowMs - lstatSync(path).mtimeMs) / DAY_MS;
}
