import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '#testing';
import { withDatabaseLock } from './database-lock.ts';
import { placeOf } from './database-place.ts';

const somewhere = () => {
  const dataFolder = tempFolder();
  const file = join(dataFolder, 'pyros.sqlite');
  return { lock: `${file}.lock`, place: placeOf({ databaseUrl: `sqlite:${file}`, dataFolder }) };
};

test('one at a time changes the structure of a database', async () => {
  const { place } = somewhere();
  const second = withDatabaseLock(place, () => withDatabaseLock(place, async () => 'both'));
  await expect(second).rejects.toMatchObject({ code: 'UPDATE_RUNNING' });
});

test('the lock leaves no file, and can be taken again', async () => {
  const { place, lock } = somewhere();
  const seen = await withDatabaseLock(place, async () => existsSync(lock));
  expect({ seen, left: existsSync(lock) }).toEqual({ seen: true, left: false });
  expect(await withDatabaseLock(place, async () => 'again')).toBe('again');
});

test('the lock goes with work that fails', async () => {
  const { place, lock } = somewhere();
  const failed = withDatabaseLock(place, () => Promise.reject(new Error('no luck')));
  await expect(failed).rejects.toThrow('no luck');
  expect(existsSync(lock)).toBe(false);
});
