import { expect, it } from 'vitest';
import { tempDatabase } from '#testing';
import { ensureRow } from './ensure-row.ts';
import { insertRow } from './insert-row.ts';

type Programs = { scientific_program: { id: number; name: string; priority: number } };

it('a row is inserted once, and stays as it was', async () => {
  const database = await tempDatabase();
  const ensure = (priority: number) =>
    database.transaction((work) =>
      ensureRow(work, 'scientific_program', { key: { name: 'GRB' }, more: { priority } }),
    );
  expect([await ensure(1), await ensure(2)]).toEqual([1, 1]);
  const rows = database.tables<Programs>().selectFrom('scientific_program').selectAll();
  expect(await rows.execute()).toMatchObject([{ id: 1, name: 'GRB', priority: 1 }]);
});

it('of several rows that fit, the oldest counts', async () => {
  const database = await tempDatabase();
  const id = await database.transaction(async (work) => {
    await insertRow(work, 'country', { name: 'France' });
    await insertRow(work, 'country', { name: 'France' });
    return await ensureRow(work, 'country', { key: { name: 'France' }, more: {} });
  });
  expect(id).toBe(1);
});
