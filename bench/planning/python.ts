import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Debian's own: the one its packages of astropy and astroplan belong to. */
const PYTHON = '/usr/bin/python3';
const run = promisify(execFile);

/** What a script of this folder prints as JSON; null when its packages are not here. */
export async function pythonJson<T extends object>(
  script: string,
  words: readonly string[],
): Promise<T | null> {
  const file = join(import.meta.dirname, script);
  let text: string;
  try {
    ({ stdout: text } = await run(PYTHON, [file, ...words], { maxBuffer: 1e8 }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const answer = JSON.parse(text) as T | { readonly missing: string };
  return 'missing' in answer ? null : answer;
}

export const notInstalled = (what: string): string =>
  `not installed: apt-get install python3-${what}`;
