import { expect, it } from 'vitest';
import { tempDatabase } from '#testing';

it('who is alone counts every announcement, to everybody or by name, before it is heard', async () => {
  const database = await tempDatabase({ alone: true });
  const heard: (number | null)[] = [];
  database.onChange(() => heard.push(database.announcements));
  await database.transaction(async (work) => work.announce());
  await database.transaction(async (work) => work.announce('agent_a'));
  expect(heard).toEqual([1, 2]);
});

it('a transaction that announces nothing, or is undone, is not counted', async () => {
  const database = await tempDatabase({ alone: true });
  await database.transaction(async () => undefined);
  const undone = database.transaction(async (work) => {
    work.announce();
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect(database.announcements).toBe(0);
});

it('where others may write nobody counts, as they are not always heard', async () => {
  const database = await tempDatabase({});
  await database.transaction(async (work) => work.announce());
  expect(database.announcements).toBeNull();
});
