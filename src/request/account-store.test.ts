import { describe, expect, it } from 'vitest';
import type { Database } from '#db';
import { ensureProgram } from '#programs';
import { makeWorld, moveStatus, submit } from '#testing';
import { ensureCountry } from '#users';
import { readQuotas, readSpending } from './account-store.ts';
import { sequencesIn } from './request-store.ts';

type Rows = Record<string, Record<string, unknown>>;

/** Gives a user a country and a quota of their own. */
async function describeUser(database: Database, username: string, user: Record<string, unknown>) {
  const users = database.tables<Rows>().updateTable('pyros_user');
  await users.set(user).where('username', '=', username).execute();
}

describe('the accounts of a sequence', () => {
  it('are its program, its user and their country', async () => {
    const world = await makeWorld();
    await submit(world);
    const france = { name: 'France', description: '', quota: 3600 };
    const id = await world.database.transaction((work) => ensureCountry(work, france));
    await describeUser(world.database, 'somebody', { country_id: id });
    const [sequence] = await sequencesIn(world.database, ['TOBEPLANNED']);
    expect(sequence?.accounts).toEqual([
      'program "Clusters"',
      'country "France"',
      'user "somebody"',
    ]);
    await world.close();
  });
});

describe('the quotas', () => {
  it('are none in a database where nobody has a limit', async () => {
    const world = await makeWorld();
    await submit(world);
    expect(await readQuotas(world.database)).toEqual(new Map());
    await world.close();
  });

  it('are those of programs, countries and users that have one', async () => {
    const world = await makeWorld();
    await submit(world);
    await world.database.transaction(async (work) => {
      await ensureProgram(work, { name: 'GRB', description: '', quota: 7200, priority: 1 });
      await ensureCountry(work, { name: 'France', description: '', quota: 0 });
      await ensureCountry(work, { name: 'Spain', description: '', quota: null });
    });
    await describeUser(world.database, 'somebody', { quota: 600 });
    expect(await readQuotas(world.database)).toEqual(
      new Map([
        ['country "France"', 0],
        ['user "somebody"', 600],
        ['program "GRB"', 7200],
      ]),
    );
    await world.close();
  });
});

describe('a quota that is no number', () => {
  it('gives no time away', async () => {
    const world = await makeWorld();
    await submit(world);
    await describeUser(world.database, 'somebody', { quota: 'plenty' });
    const programs = world.database.tables<Rows>().updateTable('scientific_program');
    await programs.set({ quota: 'plenty' }).where('name', '=', 'Clusters').execute();
    expect(await readQuotas(world.database)).toEqual(
      new Map([
        ['user "somebody"', 0],
        ['program "Clusters"', 0],
      ]),
    );
    await world.close();
  });
});

describe('the spending', () => {
  it('adds up the sequences in some statuses for each of their accounts', async () => {
    const world = await makeWorld();
    for (const durationSeconds of [100, 250.5, 1000]) {
      const id = await submit(world, { durationSeconds });
      if (durationSeconds === 1000) continue;
      for (const to of ['PLANNED', 'EXECUTING', 'DONE'] as const) await moveStatus(world, id, to);
    }
    const spent = await readSpending(world.database, ['EXECUTING', 'DONE', 'PARTIAL']);
    const sum = { sequences: 2, durationSeconds: 350.5 };
    expect(spent).toEqual(
      new Map([
        ['program "Clusters"', sum],
        ['user "somebody"', sum],
      ]),
    );
    await world.close();
  });

  it('is nothing where nothing was observed', async () => {
    const world = await makeWorld();
    await submit(world);
    expect(await readSpending(world.database, ['DONE'])).toEqual(new Map());
    await world.close();
  });
});
