import type { Unit } from '#unit';
import { agentsNamed } from '../cli/agent-names.ts';
import {
  databaseUrlOfUser,
  dataFolderOfUser,
  loadUnit,
  type RunSettings,
  versionOfCode,
} from '../run-settings.ts';
import { openUnitDatabase } from './unit-database.ts';

/** A scenario in which nothing happens. */
const NO_EVENTS = [1];

/**
 * For an agent that is started by its own program, without `./pyros`: on real time, with the
 * user's database, which is made ready when it is new. Gives the settings and the agent's alias.
 *
 * @throws PyrosError `AGENT_UNKNOWN`, `UNIT_INVALID`, or what opening the database raises.
 */
export async function directStart(
  word: string,
  configfile = 'simulated',
): Promise<{ settings: RunSettings; alias: string }> {
  const unit: Unit = loadUnit(configfile);
  const [agent] = agentsNamed(unit, [word]);
  const dataFolder = dataFolderOfUser();
  const databaseUrl = databaseUrlOfUser();
  const tell = (sentence: string) => console.error(sentence);
  await (await openUnitDatabase({ url: databaseUrl, dataFolder, unit, tell })).close();
  const settings: RunSettings = {
    unit,
    databaseUrl,
    dataFolder,
    time: null,
    seed: 1,
    scenario: NO_EVENTS,
    version: versionOfCode(),
  };
  return { settings, alias: agent?.alias ?? word };
}
