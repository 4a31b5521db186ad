/** One agent in a process of its own: `node src/main/agent-process.ts RUN_FILE AGENT`. */
import { openDatabase } from '#db';
import { tcpLinks } from '#devices';
import { livesWithParent, tellReady } from './child-process.ts';
import { makeAgent } from './compose.ts';
import { fileLogger } from './file-logger.ts';
import { clockOf, readRunSettings } from './run-settings.ts';
import type { Runnable } from './workshop.ts';

const [runFile = '', alias = ''] = process.argv.slice(2);
const settings = readRunSettings(runFile);
const spec = settings.unit.agents.find((agent) => agent.alias === alias);
if (!spec) throw new RangeError(`the unit has no agent ${alias}`);
process.title = `pyros ${alias}`;

const clock = clockOf(settings);
const log = fileLogger(settings.dataFolder, alias, clock);
// The guardian must never wait for another process's write.
const busyMs = spec.kind === 'guardian' ? 0 : 10_000;
const database = await openDatabase(settings.databaseUrl, { busyMs });
const agent: Runnable = await makeAgent(spec, {
  settings,
  clock,
  database,
  log,
  links: tcpLinks({ clock, timeoutSeconds: 5 }),
  pid: process.pid,
  separate: true,
});
livesWithParent(() => agent.stop());
tellReady();
log.info('started');
await agent.run();
await database.close();
log.info('stopped');
process.exit(0);
