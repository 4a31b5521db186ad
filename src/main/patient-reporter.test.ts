import { expect, test } from 'vitest';
import { latestFacts, readSurvey, readSurveys } from '#agent';
import type { Database } from '#db';
import { VirtualClock } from '#platform';
import { keepingLogger, NIGHT_MS, tempDatabase } from '#testing';
import { PatientReporter } from './patient-reporter.ts';

type Use = <T>(work: (database: Database) => Promise<T>) => Promise<T>;

function reporterOn(use: Use) {
  const clock = new VirtualClock(NIGHT_MS);
  const log = keepingLogger();
  const reporter = new PatientReporter({ name: 'Guardian', pid: 7, clock, database: { use }, log });
  return { clock, reporter };
}

const MUTE: Use = () => new Promise<never>(() => undefined);
const RAIN = { by: 'Guardian', reason: 'rain' };

test('a guardian that ended is STOPPED in the survey, and its facts are told', async () => {
  const database = await tempDatabase();
  const { reporter } = reporterOn((work) => work(database));
  reporter.heartbeat();
  reporter.tell('DomeClosing', RAIN);
  await reporter.stopped();
  expect(await readSurvey(database, 'Guardian')).toMatchObject({ status: 'STOPPED', pid: 7 });
  const facts = await latestFacts(database, 10);
  expect(facts.map((fact) => fact.type).sort()).toEqual(['AgentStarted', 'DomeClosing']);
  expect(await readSurveys(database)).toHaveLength(1);
});

test('a guardian is alive for others once it is introduced', async () => {
  const database = await tempDatabase();
  let refusals = 3;
  const { reporter, clock } = reporterOn(async (work) => {
    if (refusals-- > 0) throw new Error('locked');
    return await work(database);
  });
  const introduced = reporter.introduced();
  await Promise.all([clock.run(NIGHT_MS + 1500), introduced]);
  expect(await readSurvey(database, 'Guardian')).toMatchObject({ status: 'GUARDING' });
});

test('a database that does not answer keeps nobody from starting for long', async () => {
  const { reporter, clock } = reporterOn(MUTE);
  let isIntroduced = false;
  const introduced = reporter.introduced().then(() => (isIntroduced = true));
  await clock.run(NIGHT_MS + 2000);
  expect(isIntroduced).toBe(false);
  await clock.run(NIGHT_MS + 5000);
  await introduced;
  expect(isIntroduced).toBe(true);
});

test('a busy database is asked again for the last word', async () => {
  const database = await tempDatabase();
  let refusals = 3;
  const { reporter, clock } = reporterOn(async (work) => {
    if (refusals-- > 0) throw new Error('locked');
    return await work(database);
  });
  const end = reporter.stopped();
  await Promise.all([clock.run(NIGHT_MS + 1500), end]);
  expect(await readSurvey(database, 'Guardian')).toMatchObject({ status: 'STOPPED' });
});

test('a database that does not answer does not keep a guardian from ending', async () => {
  const { reporter, clock } = reporterOn(MUTE);
  let ended = false;
  const end = reporter.stopped().then(() => (ended = true));
  await clock.run(NIGHT_MS + 1000);
  expect(ended).toBe(false);
  await clock.run(NIGHT_MS + 5000);
  await end;
  expect(ended).toBe(true);
});

test('of a database that was away for days the newest facts are told, and one word', async () => {
  const database = await tempDatabase();
  let isAway = true;
  const { reporter, clock } = reporterOn(async (work) => {
    if (isAway) throw new Error('away');
    return await work(database);
  });
  for (let minute = 0; minute < 1000; minute++) {
    await clock.run(NIGHT_MS + minute * 60_000);
    reporter.tell('DomeClosing', { by: 'Guardian', reason: `rain ${minute}` });
    reporter.heartbeat();
  }
  isAway = false;
  const end = reporter.stopped();
  await Promise.all([clock.run(clock.now() + 2000), end]);
  const facts = await latestFacts(database, 500);
  expect(facts).toHaveLength(100);
  expect(facts[0]?.payload).toMatchObject({ reason: 'rain 999' });
});
