import { describe, expect, it } from 'vitest';
import { tempDatabase } from '#testing';
import { insertCountry, insertUserLevel } from './user-store.ts';

const FRANCE = { name: 'France', description: '', quota: 36_000 };
const OBSERVER = { level: 4, name: 'Observer', description: 'Observes' };

describe('the tables of users', () => {
  it('keep a country as it was given', async () => {
    const database = await tempDatabase();
    await database.transaction((work) => insertCountry(work, FRANCE));
    const rows = database.tables<{ country: typeof FRANCE }>().selectFrom('country');
    expect(await rows.selectAll().execute()).toEqual([{ id: 1, ...FRANCE }]);
  });

  it('refuse a country that is there', async () => {
    const database = await tempDatabase();
    await database.transaction((work) => insertCountry(work, FRANCE));
    await expect(database.transaction((work) => insertCountry(work, FRANCE))).rejects.toThrow(
      /UNIQUE/,
    );
  });

  it('refuse a second profile of one level, and keep the first', async () => {
    const database = await tempDatabase();
    await database.transaction((work) => insertUserLevel(work, OBSERVER));
    const again = { ...OBSERVER, name: 'Visitor' };
    await expect(database.transaction((work) => insertUserLevel(work, again))).rejects.toThrow(
      /UNIQUE/,
    );
    const rows = database.tables<{ user_level: typeof OBSERVER }>().selectFrom('user_level');
    expect(await rows.selectAll().execute()).toEqual([{ id: 1, ...OBSERVER }]);
  });
});
