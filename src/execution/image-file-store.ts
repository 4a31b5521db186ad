import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '#platform';

/** A file on disk, as the database remembers it. */
export interface StoredFile {
  /** Relative to the data folder. */
  readonly path: string;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Writes an image so that a crash leaves either the whole file or none under its name: first under a
 * temporary name, forced to the disk, then renamed. The name holds the exposure's id, so writing it
 * again after a crash replaces the same image.
 */
export function storeImageFile(dataFolder: string, path: string, bytes: Uint8Array): StoredFile {
  const target = join(dataFolder, path);
  const temporary = `${target}.part`;
  makeFolder(dirname(target));
  const file = openSync(temporary, 'w');
  try {
    for (let written = 0; written < bytes.length; ) {
      written += writeSync(file, bytes, written, bytes.length - written);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, target);
  return { path, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
}
