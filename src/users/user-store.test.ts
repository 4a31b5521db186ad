import { describe, expect, it } from 'vitest';
import type { Database } from '#db';
import { tempDatabase } from '#testing';
import { ensureCountry, ensureUserLevel, readUserQuotas, userNamed } from './user-store.ts';

const FRANCE = { name: 'France', description: '', quota: 36_000 };
const OBSERVER = { level: 2, name: 'Observer', description: 'Observes' };

type Rows = Record<string, Record<string, unknown>>;
const all = (database: Database, table: string) =>
  database.tables<Rows>().selectFrom(table).selectAll().execute();

describe('the tables of users', () => {
  it('keep a country as it was given', async () => {
    const database = await tempDatabase();
    const id = await database.transaction((work) => ensureCountry(work, FRANCE));
    expect(await all(database, 'country')).toEqual([{ id, ...FRANCE }]);
  });

  it('leave a country that is there as it is', async () => {
    const database = await tempDatabase();
    const id = await database.transaction((work) => ensureCountry(work, FRANCE));
    const again = database.transaction((work) => ensureCountry(work, { ...FRANCE, quota: 1 }));
    expect(await again).toBe(id);
    expect(await all(database, 'country')).toEqual([{ id, ...FRANCE }]);
  });

  it('leave a profile that is there as it is', async () => {
    const database = await tempDatabase();
    for (const level of [OBSERVER, { ...OBSERVER, level: 7 }]) {
      await database.transaction((work) => ensureUserLevel(work, level));
    }
    expect(await all(database, 'user_level')).toEqual([{ id: 1, ...OBSERVER }]);
  });

  it.each(['country', 'user_level', 'scientific_program'])(
    'take a %s without a value',
    async (table) => {
      const database = await tempDatabase();
      await database.tables<Rows>().insertInto(table).defaultValues().execute();
      expect(await all(database, table)).toMatchObject([{ id: 1, name: '', description: '' }]);
    },
  );

  it('give an agent a row that nobody can log in with, once', async () => {
    const database = await tempDatabase();
    const numbers = await database.transaction(async (work) => [
      await userNamed(work, 'AlertListener'),
      await userNamed(work, 'AlertListener'),
    ]);
    expect(numbers).toEqual([1, 1]);
    expect(await all(database, 'pyros_user')).toMatchObject([
      {
        username: 'AlertListener',
        is_active: 0,
        password: '',
        country_id: null,
        user_level_id: null,
      },
    ]);
  });
});

describe('the quotas of users', () => {
  it('leave out whoever has no limit', async () => {
    const database = await tempDatabase();
    await database.transaction(async (work) => {
      await ensureCountry(work, { ...FRANCE, name: 'Spain', quota: null });
      await ensureCountry(work, FRANCE);
      await userNamed(work, 'AlertListener');
    });
    expect(await readUserQuotas(database)).toEqual(new Map([['country "France"', 36_000]]));
  });

  it('add up what two countries of one name have', async () => {
    const database = await tempDatabase();
    const values = [FRANCE, { ...FRANCE, quota: 400 }];
    await database.tables<Rows>().insertInto('country').values(values).execute();
    expect(await readUserQuotas(database)).toEqual(new Map([['country "France"', 36_400]]));
  });

  it('have those of single people', async () => {
    const database = await tempDatabase();
    const values = { username: 'ada', quota: 900 };
    await database.tables<Rows>().insertInto('pyros_user').values(values).execute();
    expect(await readUserQuotas(database)).toEqual(new Map([['user "ada"', 900]]));
  });
});
