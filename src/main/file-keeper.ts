import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { MemoryKeeper } from '#environment';
import { realPause } from '#platform';

/** A disk that does not answer is not waited for longer, real milliseconds. */
const PATIENCE_MS = 2000;

/**
 * Keeps the memory of a verdict in a small file, so that its owner needs no database to wake up. Nobody
 * waits for the disk: what is saved is written when it can be, the newest alone, and a disk that is
 * full or does not answer costs the memory and nothing else. Each writing replaces the file whole.
 */
export function fileKeeper(dataFolder: string, name: string): MemoryKeeper {
  const file = join(dataFolder, 'state', `${name}.json`);
  let waiting: string | null = null;
  let isWriting = false;
  const write = async () => {
    isWriting = true;
    try {
      for (let text = waiting; text !== null; text = waiting) {
        waiting = null;
        await replace(file, text);
      }
    } finally {
      isWriting = false;
    }
  };
  return {
    load: async () => {
      const read = readFile(file, 'utf8').then((text) => parsed(text));
      return await Promise.race([read, realPause(PATIENCE_MS).then(() => null)]);
    },
    save: async (memory, savedMs) => {
      waiting = JSON.stringify({ memory, savedMs });
      if (!isWriting) void write().catch(() => undefined);
    },
  };
}

function parsed(text: string): { memory: unknown; savedMs: number } {
  return JSON.parse(text);
}

async function replace(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const part = await open(`${file}.part`, 'w');
  try {
    await part.writeFile(text);
    await part.sync();
  } finally {
    await part.close();
  }
  await rename(`${file}.part`, file);
}
