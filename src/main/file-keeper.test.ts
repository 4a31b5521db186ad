import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { NOTHING_KNOWN } from '#environment';
import { tempFolder } from '#testing';
import { fileKeeper } from './file-keeper.ts';

test('what was saved last is found again, and no half-written file beside it', async () => {
  const folder = tempFolder();
  const keeper = fileKeeper(folder, 'Guardian');
  for (let savedMs = 1; savedMs <= 50; savedMs++) await keeper.save(NOTHING_KNOWN, savedMs);
  await vi.waitFor(async () => expect(await keeper.load()).toMatchObject({ savedMs: 50 }));
  await vi.waitFor(() => expect(readdirSync(join(folder, 'state'))).toEqual(['Guardian.json']));
});

test('nobody waits for a disk that takes nothing', async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'state'), 'a file where a folder should be');
  const keeper = fileKeeper(folder, 'Guardian');
  await keeper.save(NOTHING_KNOWN, 1);
  await keeper.save(NOTHING_KNOWN, 2);
  await expect(keeper.load()).rejects.toThrow();
});

test('a file that is cut short is refused, not believed', async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'state'));
  writeFileSync(join(folder, 'state', 'Guardian.json'), '{"memory":{"quant');
  await expect(fileKeeper(folder, 'Guardian').load()).rejects.toThrow(SyntaxError);
});
