import { expect, test } from 'vitest';
import type { Database } from '#db';
import { tempDatabase } from '#testing';
import { LateDatabase } from './late-database.ts';

test('a database is opened once, when it is first needed', async () => {
  const database = await tempDatabase();
  let opened = 0;
  const late = new LateDatabase(async () => {
    opened++;
    return database;
  });
  expect(opened).toBe(0);
  const both = [late.use(async (one) => one.engine), late.use(async (one) => one.engine)];
  expect(await Promise.all(both)).toEqual(['sqlite', 'sqlite']);
  expect(opened).toBe(1);
});

test('a database that cannot be opened is tried again at the next need', async () => {
  const database = await tempDatabase();
  let isAway = true;
  const late = new LateDatabase(async () => {
    if (isAway) throw new Error('away');
    return database;
  });
  await expect(late.use(async () => 1)).rejects.toThrow('away');
  isAway = false;
  expect(await late.use(async () => 1)).toBe(1);
});

test('a database that never opened is closed without a word', async () => {
  const late = new LateDatabase(() => Promise.reject<Database>(new Error('away')));
  await late.close();
  await late.use(async () => 1).catch(() => undefined);
  await late.close();
});
