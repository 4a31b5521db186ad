import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openDatabase } from '#db';
import { makeFolder, PyrosError, RealClock } from '#platform';
import {
  type Place,
  type PlaceOptions,
  placeOf,
  refuseAbsent,
  shownAddress,
} from '../database/database-place.ts';
import { schemaState } from '../database/schema-state.ts';
import { CHECKOUT, clockOf, loadUnit, versionOfCode } from '../run-settings.ts';
import { settingsOfDatabase } from '../runs/run-in-use.ts';
import { readModelSpecs } from './model-spec.ts';
import { ObjectStore } from './object-store.ts';
import { replSession } from './repl-session.ts';
import { shellContext } from './shell-context.ts';
import { banner } from './shell-words.ts';

/** What `./pyros shell` may be told. */
export interface RunShellOptions extends PlaceOptions {
  /** A file of lines to type instead of a person. */
  readonly eval?: string | undefined;
  /** A name in `config/` or the path of a unit file; `simulated` when not given. */
  readonly configfile?: string | undefined;
}

/**
 * An interactive session with the agents and the objects of a unit. Gives the exit code: 1 when a line
 * of a file or pipe failed.
 *
 * @throws PyrosError `DATABASE_ABSENT`, `DATABASE_OLDER`, `DATABASE_NEWER`, `SCRIPT_UNREADABLE`,
 * `UNIT_INVALID`.
 */
export async function runShell(options: RunShellOptions = {}): Promise<number> {
  const place = placeOf(options);
  refuseAbsent(place.address);
  await refuseOtherSchema(place);
  if (options.eval !== undefined && !existsSync(options.eval)) {
    throw new PyrosError('SCRIPT_UNREADABLE', `There is no file ${options.eval}.`);
  }
  const run = settingsOfDatabase(place.dataFolder, place.url);
  const configfile = options.configfile ?? 'simulated';
  const unit = run && options.configfile === undefined ? run.unit : loadUnit(configfile);
  const clock = run ? clockOf(run) : new RealClock();
  const database = await openDatabase(place.url);
  try {
    const store = new ObjectStore({ database, clock, specs: await readModelSpecs() });
    const { stdout: output } = process;
    const say = (line: string) => void output.write(`${line}\n`);
    const session = { database, clock, unit, unitFile: unitFileOf(configfile), say };
    const about = { version: versionOfCode(), database: shownAddress(place.address) };
    if (process.stdin.isTTY && !options.eval) say(banner({ ...about, unit: unit.unit.alias }));
    makeFolder(place.dataFolder);
    const context = shellContext(session, store);
    const historyFile = join(place.dataFolder, 'shell-history');
    return await replSession({ context, output, file: options.eval, historyFile });
  } finally {
    await database.close();
  }
}

async function refuseOtherSchema(place: Place): Promise<void> {
  const state = await schemaState(place.url);
  if (state === 'current') return;
  const where = shownAddress(place.address);
  if (state === 'newer') {
    throw new PyrosError('DATABASE_NEWER', `The database ${where} was made by a newer PyROS.`, {
      remedy: 'Update the code, or point PYROS_DATABASE_URL at another database.',
    });
  }
  throw new PyrosError('DATABASE_OLDER', `The database ${where} is not up to date.`, {
    remedy: 'Run ./pyros updatedb first.',
  });
}

/** Where a configuration is, for people. */
function unitFileOf(nameOrPath: string): string {
  const isPath = nameOrPath.includes('/') || nameOrPath.endsWith('.yaml');
  return isPath ? resolve(nameOrPath) : join(CHECKOUT, 'config', `${nameOrPath}.yaml`);
}
