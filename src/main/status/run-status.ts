import { type Command, latestCommands, latestFacts, readSurveys } from '#agent';
import { openDatabase, parseDatabaseUrl } from '#db';
import { sentenceOf } from '#platform';
import type { Unit } from '#unit';
import { isThere } from '../database/database-place.ts';
import { schemaStateOf } from '../database/schema-state.ts';
import { dataFolderOfUser, withoutPassword } from '../run-settings.ts';
import { type RunInUse, runInUse } from '../runs/run-in-use.ts';
import { liveRuns } from '../runs/run-record.ts';
import { statusText } from './status-text.ts';
import { type StatusSources, unitStatus } from './unit-status.ts';

const SHOWN_FACTS = 8;
/** Commands that have not ended are among the latest ones: each has a validity. */
const COMMANDS_LOOKED_AT = 500;

/** `./pyros status`: gives 0, also when nothing runs. */
export async function runStatus(unit: Unit, { json }: { json: boolean }): Promise<number> {
  const dataFolder = dataFolderOfUser();
  const inUse = runInUse(dataFolder);
  const names = (inUse.settings?.unit ?? unit).agents.map((agent) => agent.alias);
  const read = await readDatabase(inUse);
  const nowMs = inUse.clock.now();
  const status = unitStatus({ ...read, nowMs, names, runs: liveRuns(dataFolder) });
  console.log(json ? JSON.stringify(status, null, 2) : statusText(status));
  return 0;
}

type Read = Pick<StatusSources, 'database' | 'surveys' | 'commands' | 'facts'>;

/** A database that cannot be read is part of the status. */
async function readDatabase({ databaseUrl }: RunInUse): Promise<Read> {
  const address = withoutPassword(databaseUrl);
  const nothing = { surveys: [], commands: [], facts: [] };
  if (!isThere(parseDatabaseUrl(databaseUrl))) {
    return { ...nothing, database: { address, state: 'not there yet' } };
  }
  try {
    return await readEverything(databaseUrl, address);
  } catch (error) {
    return { ...nothing, database: { address, state: sentenceOf(error) } };
  }
}

async function readEverything(url: string, address: string): Promise<Read> {
  const database = await openDatabase(url, { alone: true });
  try {
    const state = await schemaStateOf(database);
    if (state !== 'current') {
      return { database: { address, state }, surveys: [], commands: [], facts: [] };
    }
    const commands = (await latestCommands(database, COMMANDS_LOOKED_AT)).filter(hasNotEnded);
    return {
      database: { address, state },
      surveys: await readSurveys(database),
      commands: commands.reverse(),
      facts: await latestFacts(database, SHOWN_FACTS),
    };
  } finally {
    await database.close();
  }
}

function hasNotEnded({ state }: Command): boolean {
  return state === 'PENDING' || state === 'RUNNING';
}
