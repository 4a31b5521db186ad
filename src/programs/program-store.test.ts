import { describe, expect, it } from 'vitest';
import { tempDatabase } from '#testing';
import { ensureProgram, programNamed, readPrograms } from './program-store.ts';

const GRB = { name: 'GRB', description: 'Bursts', quota: 7200, priority: 1 };
const SURVEY = { name: 'Survey', description: '', quota: 0.5, priority: 9 };

describe('the scientific programs', () => {
  it('are none in a new database', async () => {
    expect(await readPrograms(await tempDatabase())).toEqual([]);
  });

  it('are read as they were given, in the order of their coming', async () => {
    const database = await tempDatabase();
    await database.transaction(async (work) => {
      await ensureProgram(work, SURVEY);
      await ensureProgram(work, GRB);
    });
    expect(await readPrograms(database)).toMatchObject([SURVEY, GRB]);
  });

  it('are seen inside the transaction that adds them', async () => {
    const database = await tempDatabase();
    const seen = await database.transaction(async (work) => {
      await ensureProgram(work, GRB);
      return await readPrograms(work);
    });
    expect(seen).toMatchObject([GRB]);
  });

  it('stay as they are when they are loaded again', async () => {
    const database = await tempDatabase();
    await database.transaction(async (work) => {
      await ensureProgram(work, GRB);
      await ensureProgram(work, { ...GRB, quota: 1 });
    });
    expect(await readPrograms(database)).toMatchObject([GRB]);
  });

  it('are made without a limit when a request names one that nobody described', async () => {
    const database = await tempDatabase();
    const id = await database.transaction((work) => programNamed(work, 'New'));
    expect(await readPrograms(database)).toMatchObject([{ id, name: 'New', quota: null }]);
  });
});
