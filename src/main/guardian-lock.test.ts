import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '#testing';
import { localLock } from './guardian-lock.ts';

test('a file named LOCK locks with its words, until it is taken away', async () => {
  const folder = tempFolder();
  const lock = localLock(folder);
  expect(await lock()).toBeNull();
  mkdirSync(join(folder, 'state'));
  const file = join(folder, 'state', 'LOCK');
  writeFileSync(file, 'mirror is being washed\n');
  expect(await lock()).toBe('locked on this computer: mirror is being washed');
  writeFileSync(file, '');
  expect(await lock()).toBe('locked on this computer: no reason was written');
  rmSync(file);
  expect(await lock()).toBeNull();
});

test('a disk that does not tell is not taken for one without a lock', async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'state', 'LOCK'), { recursive: true });
  await expect(localLock(folder)()).rejects.toThrow();
});
