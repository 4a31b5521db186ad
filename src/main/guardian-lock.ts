import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** No more than this of a lock's words is repeated, characters. */
const MOST_WORDS = 200;

/**
 * The lock that a person on site sets with a file, `state/LOCK` in the data folder, while the database
 * or the network is away; its text is the reason. Gives what to say of it, null where there is no such
 * file. Rejects when the disk does not tell: then nobody knows.
 */
export function localLock(dataFolder: string): () => Promise<string | null> {
  const file = join(dataFolder, 'state', 'LOCK');
  return async () => {
    try {
      const words = (await readFile(file, 'utf8')).trim().slice(0, MOST_WORDS);
      return `locked on this computer: ${words || 'no reason was written'}`;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return null;
      throw error;
    }
  };
}
