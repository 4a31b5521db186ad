/**
 * One agent in a process of its own: `node src/main/agent-process.ts RUN_FILE AGENT [--test]
 * [--standby]`; with the agent alone it runs on the user's database, without ./pyros. Ends with 0 when
 * it ended on purpose, 1 when it failed, 2 when it was given what it cannot use.
 */
import { parseArgs } from 'node:util';
import { tcpLinks } from '#devices';
import { codeOf, type Logger, PyrosError, sentenceOf } from '#platform';
import type { AgentSpec } from '#unit';
import { isHeld, livesWithParent, tellFailed, tellReady, untilBegun } from './child-process.ts';
import { fileLogger } from './file-logger.ts';
import { clockOf, type RunSettings, readRunSettings } from './run-settings.ts';
import { openPatiently } from './runs/open-patiently.ts';
import { BAD_INPUT } from './supervision/ward.ts';
import type { Runnable } from './workshop.ts';

/** Errors that a second start would meet again. */
const BAD_INPUTS: ReadonlySet<string> = new Set([
  'AGENT_UNKNOWN',
  'AGENT_NAME_TAKEN',
  'DATABASE_ADDRESS',
  'DATABASE_NEWER',
  'UNIT_INCOMPLETE',
  'UNIT_INVALID',
]);

/** The rooms of the agents of a night. */
const ROOMS: Partial<Record<AgentSpec['kind'], () => Promise<unknown>>> = {
  environment: () => import('#environment'),
  majordome: () => import('#execution'),
  observer: () => import('#execution'),
  scheduler: () => import('#planning'),
  alert: () => import('#alert'),
  web: () => import('#dashboard'),
  gic: () => import('#calibration'),
};

const logs: Logger[] = [];
try {
  await live();
  process.exit(process.exitCode ?? 0);
} catch (error) {
  // Stopped before its life began: it stood by for another's name.
  if (codeOf(error) === 'AGENT_STOPPED') process.exit(0);
  for (const log of logs) log.error(sentenceOf(error), { code: codeOf(error) });
  if (!(error instanceof PyrosError)) console.error(error);
  await tellFailed(sentenceOf(error));
  process.exit(BAD_INPUTS.has(codeOf(error)) ? BAD_INPUT : 1);
}

async function live(): Promise<void> {
  const options = { test: { type: 'boolean' }, standby: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const { test = false, standby = false } = values;
  if (isHeld()) await load(await startOf(positionals));
  await untilBegun();
  const { settings, alias } = await startOf(positionals);
  const spec = specOf(settings, alias);
  process.title = `pyros ${alias}`;
  const clock = clockOf(settings);
  const log = fileLogger(settings.dataFolder, alias, clock);
  logs.push(log);
  const links = tcpLinks({ clock, timeoutSeconds: 5 });
  const world = { settings, clock, log, links, pid: process.pid, separate: true, test, standby };
  // The guardian lives whether there is a database or not, and opens it itself.
  if (spec.kind === 'guardian') {
    const { makeGuardian } = await import('./compose-guardian.ts');
    await lifeOf(await makeGuardian(spec, { ...world, database: null }), log);
    return;
  }
  const database = await openPatiently(settings.databaseUrl, {}, (sentence) => {
    log.warn(sentence);
    console.error(sentence);
  });
  // The examples of the guide tell each step of their lives, as its transcripts do.
  const tells = test || /^agent[ABX]$/.test(spec.kind);
  const voice = tells ? { narrate: (line: string) => console.log(line) } : {};
  const { makeAgent } = await import('./compose.ts');
  await lifeOf(await makeAgent(spec, { ...world, ...voice, database }), log);
  await database.close();
}

/** What takes long, before the run begins. */
async function load({ settings, alias }: { settings: RunSettings; alias: string }): Promise<void> {
  const { kind } = specOf(settings, alias);
  await (kind === 'guardian' ? import('./compose-guardian.ts') : import('./compose.ts'));
  await ROOMS[kind]?.();
}

async function lifeOf(agent: Runnable, log: Logger): Promise<void> {
  livesWithParent(() => agent.stop());
  log.info('started');
  const life = agent.run();
  await Promise.race([agent.ready?.(), life]);
  tellReady();
  await life;
  log.info('stopped');
}

async function startOf(
  words: readonly string[],
): Promise<{ settings: RunSettings; alias: string }> {
  const [first = '', alias] = words;
  if (alias !== undefined) return { settings: readRunSettings(first), alias };
  const { directStart } = await import('./runs/direct-start.ts');
  return await directStart(first);
}

function specOf({ unit }: RunSettings, alias: string): AgentSpec {
  const spec = unit.agents.find((agent) => agent.alias === alias);
  if (spec) return spec;
  throw new PyrosError('AGENT_UNKNOWN', `The unit has no agent "${alias}".`, {
    remedy: 'Write a name of the unit file.',
  });
}
