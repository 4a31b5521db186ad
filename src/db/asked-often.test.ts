import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { tempDatabase } from '#testing';
import { type Asker, askedOften } from './asked-often.ts';
import type { Database } from './database.ts';
import { rowUpdate } from './row-update.ts';

interface Tables {
  star: { id: number; name: string; magnitude: number | null };
}

let database: Database;
let built = 0;

const starsUpTo = askedOften(
  (reader: Asker, { most, name }: { most: number; name?: string | undefined }) => {
    built++;
    return reader
      .tables<Tables>()
      .selectFrom('star')
      .select('name')
      .where('magnitude', '<=', most)
      .$if(name !== undefined, (query) => query.where('name', '!=', name ?? ''))
      .orderBy('id');
  },
);
const updateStar = rowUpdate('star');

beforeEach(async () => {
  database = await tempDatabase();
  built = 0;
  await database.transaction(async (work) => {
    const tables = work.tables<Tables>();
    await sql`create table star (id integer primary key, name text, magnitude real)`.execute(
      tables,
    );
    const rows = [
      { id: 1, name: 'Vega', magnitude: 0.03 },
      { id: 2, name: 'Deneb', magnitude: 1.25 },
    ];
    await tables.insertInto('star').values(rows).execute();
  });
});

const named = async (values: { most: number; name?: string | undefined }) =>
  (await starsUpTo(database, values)).rows.map(({ name }) => name);

test('the same query answers with other values, built once', async () => {
  expect(await named({ most: 1 })).toEqual(['Vega']);
  expect(await named({ most: 2 })).toEqual(['Vega', 'Deneb']);
  expect(built).toBe(1);
});

test('a value that is left out makes another query', async () => {
  expect(await named({ most: 2, name: 'Vega' })).toEqual(['Deneb']);
  expect(await named({ most: 2, name: undefined })).toEqual(['Vega', 'Deneb']);
  expect(await named({ most: 2, name: 'Deneb' })).toEqual(['Vega']);
});

test('in a transaction it sees what the transaction wrote', async () => {
  await named({ most: 2 });
  const inside = await database.transaction(async (work) => {
    await work.tables<Tables>().deleteFrom('star').where('id', '=', 1).execute();
    return (await starsUpTo(work, { most: 2 })).rows;
  });
  expect(inside).toEqual([{ name: 'Deneb' }]);
});

test('a row is written where it is, null included, and missed where it is not', async () => {
  const write = (set: object, name: string) =>
    database.transaction((work) => updateStar(work, { ...set }, { name }));
  expect(await write({ magnitude: null }, 'Vega')).toBe(true);
  expect(await write({ magnitude: 0.5, name: 'α Cyg' }, 'Deneb')).toBe(true);
  expect(await write({ magnitude: 3 }, 'Polaris')).toBe(false);
  const rows = await database
    .tables<Tables>()
    .selectFrom('star')
    .selectAll()
    .orderBy('id')
    .execute();
  expect(rows).toEqual([
    { id: 1, name: 'Vega', magnitude: null },
    { id: 2, name: 'α Cyg', magnitude: 0.5 },
  ]);
});
