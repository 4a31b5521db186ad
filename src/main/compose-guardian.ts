import { appendFact, readSurveys, writeSurvey } from '#agent';
import type { Database, Transaction } from '#db';
import { openDome, openPlc } from '#devices';
import { Guardian, type GuardianReporter, SafetyMonitor } from '#environment';
import { type Clock, type Logger, sentenceOf } from '#platform';
import type { AgentSpec } from '#unit';
import { aliasOf, type Runnable, type Workshop } from './compose.ts';
import { fileKeeper } from './file-keeper.ts';

/** The guardian says that it lives this often, seconds. */
const HEARTBEAT_SECONDS = 5;
const SURVEY_VALIDITY_SECONDS = 60;

/** The guardian with its own links; its database is a luxury that may fail at any time. */
export async function makeGuardian(spec: AgentSpec, workshop: Workshop): Promise<Runnable> {
  const { settings, clock, links, database, log } = workshop;
  const { unit, dataFolder } = settings;
  const plc = openPlc(unit.plc, { clock, links });
  const keeper = workshop.separate ? fileKeeper(dataFolder, spec.alias) : null;
  const majordome = aliasOf(unit, 'majordome');
  return new Guardian({
    unit,
    clock,
    log,
    dome: openDome(unit.dome, { clock, links }),
    monitor: new SafetyMonitor({ plc, spec: unit.plc, clock, keeper }),
    reporter: patientReporter({ name: spec.alias, pid: workshop.pid, clock, database, log }),
    majordomeSeenMs: async () => {
      const surveys = await readSurveys(database);
      return surveys.find((survey) => survey.name === majordome)?.atMs ?? null;
    },
  });
}

/**
 * Writes what the guardian tells when the database lets it: a refusal keeps the line for the next
 * try, and the guardian never waits.
 */
function patientReporter(parts: {
  name: string;
  pid: number;
  clock: Clock;
  database: Database;
  log: Logger;
}): GuardianReporter {
  const { name, pid, clock, database, log } = parts;
  const waiting: ((transaction: Transaction) => Promise<void>)[] = [
    (transaction) => {
      const payload = { agent: name, pid };
      return appendFact(transaction, {
        atMs: clock.now(),
        agent: name,
        type: 'AgentStarted',
        payload,
      });
    },
  ];
  let writing = false;
  let heartbeatMs = Number.NEGATIVE_INFINITY;
  const flush = async () => {
    if (writing) return;
    writing = true;
    try {
      for (let next = waiting[0]; next; next = waiting[0]) {
        await database.transaction(next);
        waiting.shift();
      }
    } catch (error) {
      log.warn(`not written yet: ${sentenceOf(error)}`);
    } finally {
      writing = false;
    }
  };
  const survey = (transaction: Transaction) =>
    writeSurvey(transaction, {
      name,
      pid,
      mode: 'ACTIVE',
      status: 'GUARDING',
      atMs: clock.now(),
      validitySeconds: clock.allow(SURVEY_VALIDITY_SECONDS),
    });
  return {
    closing: (reason) => {
      const atMs = clock.now();
      waiting.push((transaction) => {
        const payload = { by: name, reason };
        return appendFact(transaction, { atMs, agent: name, type: 'DomeClosing', payload });
      });
      void flush();
    },
    heartbeat: () => {
      const nowMs = clock.now();
      if (nowMs - heartbeatMs >= clock.period(HEARTBEAT_SECONDS, 1) * 1000) {
        heartbeatMs = nowMs;
        if (waiting.length < 100) waiting.push(survey);
      }
      void flush();
    },
  };
}
