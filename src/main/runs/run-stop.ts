import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readSurvey, Sender, STOPPED } from '#agent';
import type { Database } from '#db';
import { type Clock, RealClock, sentenceOf } from '#platform';
import type { AgentSpec } from '#unit';
import { dataFolderOfUser } from '../run-settings.ts';
import { resultLine } from '../supervision/ward.ts';
import { openInUse, runInUse } from './run-in-use.ts';
import { isAlive, liveRuns, type RunRecord, runFile, type WardResult } from './run-record.ts';

/** A run has its own patience with each process; this is for all of it, real seconds. */
const RUN_PATIENCE_SECONDS = 60;
const LOOK_SECONDS = 0.1;
/** An agent does not start what was sent later than this, and ends within as much, real seconds. */
const EXIT_SECONDS = 15;

const realClock = new RealClock();

/** `./pyros stop`: ends every run of the data folder. Gives the exit code. */
export async function stopRuns(): Promise<number> {
  const dataFolder = dataFolderOfUser();
  const runs = liveRuns(dataFolder);
  if (runs.length === 0) {
    console.log(`Nothing runs from ${dataFolder}.`);
    return 0;
  }
  const results = (await Promise.all(runs.map((run) => stopRun(dataFolder, run)))).flat();
  for (const result of results) console.log(resultLine(result));
  return results.every((result) => result.ok) ? 0 : 1;
}

async function stopRun(dataFolder: string, run: RunRecord): Promise<readonly WardResult[]> {
  const asked = runFile(dataFolder, run.pid, 'stop');
  const told = runFile(dataFolder, run.pid, 'ended.json');
  writeFileSync(asked, '');
  // Looked at once more, just before: the number may have gone to another process.
  if (isAlive(run)) process.kill(run.pid, 'SIGTERM');
  const deadlineMs = realClock.monotonic() + RUN_PATIENCE_SECONDS * 1000;
  while (isAlive(run) && realClock.monotonic() < deadlineMs) await realClock.sleep(LOOK_SECONDS);
  const name = `${run.command} (process ${run.pid})`;
  if (isAlive(run)) return [{ name, ok: false, reason: `still runs: kill -9 ${run.pid}` }];
  const results = existsSync(told)
    ? (JSON.parse(readFileSync(told, 'utf8')) as WardResult[])
    : [{ name, ok: true, reason: '' }];
  for (const file of [asked, told]) rmSync(file, { force: true });
  return results;
}

/** `./pyros stop NAMES`: sends `exit` to these agents and waits for their ends. Gives the exit code. */
export async function stopAgents(agents: readonly AgentSpec[]): Promise<number> {
  const inUse = runInUse(dataFolderOfUser());
  const database = await openInUse(inUse);
  try {
    const results = await Promise.all(
      agents.map((agent) => stopAgent(agent, { database, clock: inUse.clock })),
    );
    for (const result of results) console.log(resultLine(result));
    return results.every((result) => result.ok) ? 0 : 1;
  } finally {
    await database.close();
  }
}

async function stopAgent(
  { alias: name, kind }: AgentSpec,
  world: { database: Database; clock: Clock },
): Promise<WardResult> {
  if (kind === 'guardian') {
    const reason = 'it obeys nobody while its unit runs: end the whole run with ./pyros stop';
    return { name, ok: false, reason };
  }
  const survey = await readSurvey(world.database, name);
  if (!survey || survey.pid === 0 || survey.status === STOPPED) {
    return { name, ok: true, reason: 'it was not running' };
  }
  try {
    const sender = new Sender({ name: 'CommandLine', ...world });
    const validitySeconds = world.clock.allow(EXIT_SECONDS);
    const { state, errorText } = await (
      await sender.send(name, 'exit', { validitySeconds })
    ).ended();
    if (state !== 'EXECUTED') return { name, ok: false, reason: errorText || state };
    const isStopped = await comesToRest(world.database, name);
    return { name, ok: isStopped, reason: isStopped ? '' : 'it took the command and still lives' };
  } catch (error) {
    return { name, ok: false, reason: sentenceOf(error) };
  }
}

async function comesToRest(database: Database, name: string): Promise<boolean> {
  const deadlineMs = realClock.monotonic() + EXIT_SECONDS * 1000;
  while (realClock.monotonic() < deadlineMs) {
    if ((await readSurvey(database, name))?.status === STOPPED) return true;
    await realClock.sleep(LOOK_SECONDS);
  }
  return false;
}
