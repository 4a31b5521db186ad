import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder, PyrosError } from '#platform';

/** A file on disk, as the database remembers it. */
export interface StoredFile {
  /** Relative to the data folder. */
  readonly path: string;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
}

/** The steps of a disk, one by one, so that a test can die between any two of them. */
export interface Disk {
  open(path: string, flags: 'w' | 'r'): number;
  write(file: number, bytes: Uint8Array, from: number): number;
  sync(file: number): void;
  close(file: number): void;
  link(from: string, to: string): void;
  unlink(path: string): void;
  read(path: string): Uint8Array;
}

/** The disk of this computer. */
export const realDisk: Disk = {
  open: openSync,
  write: (file, bytes, from) => writeSync(file, bytes, from, bytes.length - from),
  sync: fsyncSync,
  close: closeSync,
  link: linkSync,
  unlink: unlinkSync,
  read: readFileSync,
};

/** Names that one exposure may find taken, before something else must be wrong. */
const MOST_NAMES = 50;

/**
 * Writes an image so that a crash leaves either the whole file or none under its name: first under a
 * temporary name, forced to the disk, read back, then linked to its own name, which only succeeds where
 * no file is; the folder is forced to the disk too. A name that holds other bytes is never overwritten:
 * the image goes under the next one, e.g. `a_2.fits` (hazard F27). Gives where it is.
 *
 * @throws PyrosError `FILE_DAMAGED` when the disk gives back other bytes than it was given.
 */
export function storeImageFile(dataFolder: string, path: string, bytes: Uint8Array): StoredFile {
  return storeOn(realDisk, { dataFolder, path }, bytes);
}

/** The same on a disk of one's own. */
export function storeOn(
  disk: Disk,
  { dataFolder, path }: { readonly dataFolder: string; readonly path: string },
  bytes: Uint8Array,
): StoredFile {
  const sha256 = sumOf(bytes);
  const temporary = `${join(dataFolder, path)}.part`;
  makeFolder(dirname(temporary));
  writeThrough(disk, temporary, bytes);
  if (sumOf(disk.read(temporary)) !== sha256) {
    throw new PyrosError('FILE_DAMAGED', `The disk did not keep ${path} as it was written.`, {
      remedy: 'Check the disk that holds the images.',
    });
  }
  const stored = giveName(disk, { dataFolder, path, sha256 });
  disk.unlink(temporary);
  syncFolder(disk, dirname(temporary));
  return { path: stored, sha256, bytes: bytes.length };
}

function writeThrough(disk: Disk, path: string, bytes: Uint8Array): void {
  const file = disk.open(path, 'w');
  try {
    for (let written = 0; written < bytes.length; ) written += disk.write(file, bytes, written);
    disk.sync(file);
  } finally {
    disk.close(file);
  }
}

/** Linking is the one step that both makes the name and fails where it is taken. */
function giveName(
  disk: Disk,
  { dataFolder, path, sha256 }: { dataFolder: string; path: string; sha256: string },
): string {
  for (let number = 1; number <= MOST_NAMES; number++) {
    const name = number === 1 ? path : path.replace(/(\.\w+)?$/, `_${number}$1`);
    try {
      disk.link(`${join(dataFolder, path)}.part`, join(dataFolder, name));
      return name;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      // Written before a crash, and now once more.
      if (sumOf(disk.read(join(dataFolder, name))) === sha256) return name;
    }
  }
  throw new PyrosError('FILE_NAME_TAKEN', `${MOST_NAMES} other files have the name of ${path}.`, {
    remedy: 'Move the old files of that night away.',
  });
}

/** A name is on the disk once its folder is. */
function syncFolder(disk: Disk, folder: string): void {
  const handle = disk.open(folder, 'r');
  try {
    disk.sync(handle);
  } finally {
    disk.close(handle);
  }
}

function sumOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
