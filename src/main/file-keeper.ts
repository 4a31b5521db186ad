import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MemoryKeeper, SafetyMemory } from '#environment';
import { makeFolder } from '#platform';

/** Keeps the memory of a verdict in a small file, so that its owner needs no database to wake up. */
export function fileKeeper(dataFolder: string, name: string): MemoryKeeper {
  const folder = join(dataFolder, 'state');
  const file = join(folder, `${name}.json`);
  return {
    load: async () => {
      const kept = JSON.parse(readFileSync(file, 'utf8')) as {
        memory: SafetyMemory;
        savedMs: number;
      };
      return kept;
    },
    save: async (memory, savedMs) => {
      makeFolder(folder);
      writeFileSync(`${file}.part`, JSON.stringify({ memory, savedMs }));
      renameSync(`${file}.part`, file);
    },
  };
}
