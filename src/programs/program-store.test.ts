import { describe, expect, it } from 'vitest';
import { tempDatabase } from '#testing';
import { insertProgram, readPrograms } from './program-store.ts';

const GRB = { name: 'GRB', description: 'Bursts', quota: 7200, priority: 1 };
const SURVEY = { name: 'Survey', description: '', quota: 0.5, priority: 9 };

describe('the scientific programs', () => {
  it('are none in a new database', async () => {
    expect(await readPrograms(await tempDatabase())).toEqual([]);
  });

  it('are read as they were given, in the order of their coming', async () => {
    const database = await tempDatabase();
    await database.transaction(async (work) => {
      await insertProgram(work, SURVEY);
      await insertProgram(work, GRB);
    });
    expect(await readPrograms(database)).toMatchObject([SURVEY, GRB]);
  });

  it('are seen inside the transaction that adds them', async () => {
    const database = await tempDatabase();
    const seen = await database.transaction(async (work) => {
      await insertProgram(work, GRB);
      return await readPrograms(work);
    });
    expect(seen).toMatchObject([GRB]);
  });

  it('bear each a name of their own', async () => {
    const database = await tempDatabase();
    await database.transaction((work) => insertProgram(work, GRB));
    await expect(database.transaction((work) => insertProgram(work, GRB))).rejects.toThrow(
      /UNIQUE/,
    );
  });
});
