import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { openDatabase } from '#db';
import { PyrosError } from '#platform';
import { submitRequestFile } from './initial-data.ts';
import { clockOf, dataFolderOfUser } from './run-settings.ts';
import { settingsInUse } from './runs/run-in-use.ts';

/** `./pyros request FILE`: submits a request file to the unit that runs from the data folder. */
export async function submitRequest(file: string): Promise<number> {
  const settings = settingsInUse(dataFolderOfUser());
  const xml = readText(file);
  const nowMs = clockOf(settings).now();
  const database = await openDatabase(settings.databaseUrl);
  try {
    const submission = { unit: settings.unit, nowMs, targetsAtMs: nowMs };
    const outcome = await submitRequestFile(database, { file: basename(file), xml }, submission);
    if (!outcome.ok) {
      console.error(`${basename(file)} is refused:\n  ${outcome.reasons.join('\n  ')}`);
      return 1;
    }
    for (const warning of outcome.warnings) console.log(`warning: ${warning}`);
    console.log(`Submitted as request ${outcome.requestId}.`);
    return 0;
  } finally {
    await database.close();
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new PyrosError('REQUEST_UNREADABLE', `The request file ${file} cannot be read.`, {
      cause,
      remedy: 'Give the path of an XML file: see docs/how-to/write-a-request.md.',
    });
  }
}
