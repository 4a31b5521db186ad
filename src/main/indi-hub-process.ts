/** The INDI drivers of a unit, on this computer alone: `node src/main/indi-hub-process.ts RUN_FILE`. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { IndiHub } from '#devices';
import { codeOf, makeFolder, PyrosError, sentenceOf } from '#platform';
import { livesWithParent, tellFailed, tellReady, untilBegun } from './child-process.ts';
import { fileLogger } from './file-logger.ts';
import { clockOf, readRunSettings } from './run-settings.ts';
import { requireIndiDrivers } from './runs/indi-drivers.ts';
import { BAD_INPUT } from './supervision/ward.ts';

/** Errors that a second start would meet again. */
const BAD_INPUTS: ReadonlySet<string> = new Set(['INDI_EXPOSED', 'INDI_DRIVER_MISSING']);

/** Real seconds: longer than a dome takes to close. */
const LONGEST_END_SECONDS = 60;

try {
  await serve();
} catch (error) {
  if (!(error instanceof PyrosError)) console.error(error);
  await tellFailed(sentenceOf(error));
  process.exit(BAD_INPUTS.has(codeOf(error)) ? BAD_INPUT : 1);
}

async function serve(): Promise<void> {
  await untilBegun();
  const [runFile = ''] = process.argv.slice(2);
  const { unit, dataFolder, ...rest } = readRunSettings(runFile);
  if (!unit.indi?.drivers) throw new RangeError('the unit names no INDI drivers');
  process.title = 'pyros indi';
  requireIndiDrivers(unit);
  const clock = clockOf({ unit, dataFolder, ...rest });
  const log = fileLogger(dataFolder, 'indi', clock);
  const hub = await IndiHub.start({
    address: unit.indi.server,
    programs: unit.indi.drivers,
    home: homeOfRun(dataFolder),
    clock,
    log: (sentence) => log.info(sentence),
  });
  livesWithParent((by) => void end(hub, by === 'supervisor').finally(() => process.exit(0)));
  tellReady();
}

/** Who ends with us, unordered, may still have to close the dome through us. */
async function end(hub: IndiHub, isInOrder: boolean): Promise<void> {
  if (!isInOrder) await hub.untilUnused(LONGEST_END_SECONDS);
  await hub.stop();
}

/**
 * What drivers remember (where they park) is forgotten with the run, but not when this process alone is
 * started again. Runs of one data folder follow each other.
 */
function homeOfRun(dataFolder: string): string {
  const folder = join(dataFolder, 'indi');
  const home = join(folder, `run-${process.ppid}`);
  makeFolder(home);
  for (const name of readdirSync(folder)) {
    if (join(folder, name) !== home) rmSync(join(folder, name), { recursive: true, force: true });
  }
  return home;
}
