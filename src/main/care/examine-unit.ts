import { sql } from 'kysely';
import { type Database, openDatabase, parseDatabaseUrl } from '#db';
import { parseIso, RealClock, sentenceOf } from '#platform';
import type { Unit } from '#unit';
import { isThere } from '../database/database-place.ts';
import { type SchemaState, schemaStateOf } from '../database/schema-state.ts';
import { withoutPassword } from '../run-settings.ts';
import {
  addressOf,
  agentListeners,
  isFree,
  isThisComputer,
  simulatorListeners,
} from '../runs/ports.ts';
import { leftoversOfRuns, liveRuns } from '../runs/run-record.ts';
import { type Finding, fine } from './finding.ts';

/** Two computers that differ by more than this disagree on what happened first, milliseconds. */
const LARGEST_CLOCK_GAP_MS = 500;

const realClock = new RealClock();

/** Each port that the unit listens at on this computer. */
export async function examinePorts(
  unit: Unit,
  dataFolder: string,
  names: readonly string[],
): Promise<readonly Finding[]> {
  const runs = liveRuns(dataFolder);
  const listeners = [...agentListeners(unit, unit.agents), ...simulatorListeners(unit)];
  const here = listeners.filter(({ host }) => isThisComputer(host, names));
  return await Promise.all(
    here.map(async (listener) => {
      const what = `port ${listener.port}`;
      if (await isFree(listener.host, listener.port)) {
        return fine(what, `Free for ${listener.what}.`);
      }
      const run = runs.find(({ addresses }) => addresses.includes(addressOf(listener)));
      if (run) return fine(what, `Used by ${listener.what} of the run of process ${run.pid}.`);
      const sentence = `Another program listens where ${listener.what} should.`;
      const remedy = `Find it with "ss -ltnp | grep :${listener.port}" and stop it, or change the unit file.`;
      return { state: 'bad', what, sentence, remedy } as const;
    }),
  );
}

/** The database: there, readable, of this version, and of one time with this computer. */
export async function examineDatabase(url: string): Promise<readonly Finding[]> {
  const what = 'database';
  const address = withoutPassword(url);
  try {
    if (!isThere(parseDatabaseUrl(url))) {
      const sentence = `${address} is not there yet.`;
      return [
        {
          state: 'warn',
          what,
          sentence,
          remedy: 'Make it with ./pyros initdb, or start the unit.',
        },
      ];
    }
    const database = await openDatabase(url, { alone: true });
    try {
      const structure = structureFinding(await schemaStateOf(database));
      return [fine(what, `${address} answers.`), structure, ...(await compareClocks(database))];
    } finally {
      await database.close();
    }
  } catch (error) {
    return [{ state: 'bad', what, sentence: sentenceOf(error), remedy: '' }];
  }
}

export function structureFinding(state: SchemaState): Finding {
  const what = 'structure';
  switch (state) {
    case 'current':
      return fine(what, 'The database has the structure of this code.');
    case 'older':
      return {
        state: 'bad',
        what,
        sentence: 'The database is of an older version of PyROS.',
        remedy: 'Run ./pyros updatedb: it makes a backup first.',
      };
    case 'newer':
      return {
        state: 'bad',
        what,
        sentence: 'The database was made by a newer PyROS.',
        remedy: 'Update the code with ./pyros update, or use another database.',
      };
    case 'empty':
      return {
        state: 'warn',
        what,
        sentence: 'The database is empty.',
        remedy: 'Fill it with ./pyros initdb, or start the unit.',
      };
  }
}

async function compareClocks(database: Database): Promise<readonly Finding[]> {
  if (database.engine === 'sqlite') return [];
  const what = 'server clock';
  const query =
    database.engine === 'postgres'
      ? sql<{
          at: string;
        }>`select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS') as at`
      : sql<{ at: string }>`select date_format(utc_timestamp(3), '%Y-%m-%dT%H:%i:%s.%f') as at`;
  const beforeMs = realClock.now();
  const { rows } = await query.execute(database.tables());
  const afterMs = realClock.now();
  // Six digits of the second are more than an instant here holds.
  const serverMs = parseIso((rows[0]?.at ?? '').slice(0, 23));
  const gapMs = Math.round(serverMs - (beforeMs + afterMs) / 2);
  const side = gapMs > 0 ? 'ahead of' : 'behind';
  const sentence = `The database's clock is ${Math.abs(gapMs)} ms ${side} this computer's.`;
  if (Math.abs(gapMs) - (afterMs - beforeMs) / 2 <= LARGEST_CLOCK_GAP_MS)
    return [fine(what, sentence)];
  const remedy = 'Let both follow a time server: facts would be told in a wrong order.';
  return [{ state: 'bad', what, sentence, remedy }];
}

/** Files of runs that died without cleaning up. */
export function examineRuns(dataFolder: string): Finding {
  const what = 'runs';
  const left = leftoversOfRuns(dataFolder).length;
  const living = liveRuns(dataFolder).map(({ command, pid }) => `${command} (process ${pid})`);
  if (left > 0) {
    const sentence = `Runs that died left ${left} files.`;
    return { state: 'warn', what, sentence, remedy: 'Remove them with ./pyros cleanup.' };
  }
  return fine(what, living.length === 0 ? 'None.' : `${living.join(', ')}.`);
}
