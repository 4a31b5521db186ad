import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { PyrosError, sentenceOf } from './errors.ts';

/**
 * Makes a folder and those around it, where they are not there yet. One after the other: Node's own
 * recursive way never comes back from a place where nothing can be made, such as `/proc/here`.
 *
 * @throws PyrosError `FOLDER_REFUSED` when one cannot be made.
 */
export function makeFolder(folder: string): void {
  const path = resolve(folder);
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (cause) {
    // Somebody else was faster.
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw new PyrosError(
      'FOLDER_REFUSED',
      `The folder ${path} cannot be made: ${sentenceOf(cause)}.`,
      {
        cause,
        remedy: 'Give this user the right to write there, or set PYROS_DATA to another folder.',
      },
    );
  }
}
