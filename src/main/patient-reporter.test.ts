import { expect, test } from 'vitest';
import { latestFacts, readSurvey, readSurveys } from '#agent';
import type { Database } from '#db';
import { VirtualClock } from '#platform';
import { keepingLogger, NIGHT_MS, tempDatabase } from '#testing';
import { PatientReporter } from './patient-reporter.ts';

function reporterOn(database: Database) {
  const clock = new VirtualClock(NIGHT_MS);
  const log = keepingLogger();
  return {
    clock,
    reporter: new PatientReporter({ name: 'Guardian', pid: 7, clock, database, log }),
  };
}

test('a guardian that ended is STOPPED in the survey', async () => {
  const database = await tempDatabase();
  const { reporter } = reporterOn(database);
  reporter.heartbeat();
  reporter.closing('rain');
  await reporter.stopped();
  expect(await readSurvey(database, 'Guardian')).toMatchObject({ status: 'STOPPED', pid: 7 });
  const facts = await latestFacts(database, 10);
  expect(facts.map((fact) => fact.type).sort()).toEqual(['AgentStarted', 'DomeClosing']);
  expect(await readSurveys(database)).toHaveLength(1);
});

test('a busy database is asked again for the last word', async () => {
  const database = await tempDatabase();
  let refusals = 3;
  const busy = {
    transaction: async (work: Parameters<Database['transaction']>[0]) => {
      if (refusals-- > 0) throw new Error('locked');
      return await database.transaction(work);
    },
  } as unknown as Database;
  const { reporter, clock } = reporterOn(busy);
  const end = reporter.stopped();
  await Promise.all([clock.run(NIGHT_MS + 1500), end]);
  expect(await readSurvey(database, 'Guardian')).toMatchObject({ status: 'STOPPED' });
});

test('a database that does not answer does not keep a guardian from ending', async () => {
  const mute = { transaction: () => new Promise<never>(() => undefined) } as unknown as Database;
  const { reporter, clock } = reporterOn(mute);
  let ended = false;
  const end = reporter.stopped().then(() => (ended = true));
  await clock.run(NIGHT_MS + 1000);
  expect(ended).toBe(false);
  await clock.run(NIGHT_MS + 5000);
  await end;
  expect(ended).toBe(true);
});
