import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { appendFact, lastFact } from '#agent';
import { type Database, openDatabase } from '#db';
import { type PlannerClient, SchedulerAgent, threadedPlanner } from '#planning';
import { RealClock, silentLogger } from '#platform';
import { insertRequest, type Sequence } from '#request';
import { horizontalToIcrs } from '#sky';
import { type Unit, unitOf } from '#unit';
import { migrate } from '../../src/db/orm.ts';
import { entities } from '../../src/main/entities.ts';
import { siteInTheDark } from '../support/night-now.ts';

const HOUR_MS = 3_600_000;

/** What an alert costs the scheduler agent, milliseconds; each list has one entry for each alert. */
export interface AgentLoopCosts {
  /** From the commit of the request to the commit of the plan. */
  readonly publishedMs: readonly number[];
  /** Until the optimised plan is there. */
  readonly improvedMs: readonly number[];
  /** Longest time that the loop stood still, as a timer in it sees it, other programs included. */
  readonly blockedMs: readonly number[];
  /** Most processor time of one turn of the loop: what the agent itself is to blame for. */
  readonly busyMs: readonly number[];
}

/**
 * The scheduler agent itself, on SQLite and on real time, with so many sequences waiting: reading them,
 * planning in the threads, and writing the plan.
 */
export async function agentLoopCosts(sequences: number, alerts: number): Promise<AgentLoopCosts> {
  const folder = mkdtempSync(join(tmpdir(), 'pyros-bench-'));
  const url = `sqlite:${join(folder, 'pyros.sqlite')}`;
  await migrate(url, entities);
  const database = await openDatabase(url, { alone: true });
  const clock = new RealClock();
  const unit = unitInTheDark(clock.now());
  const watched = watchedPlanner(threadedPlanner(clock));
  const context = { name: 'Scheduler', clock, database, log: silentLogger, pid: process.pid };
  const agent = new SchedulerAgent(context, { unit, planner: watched.planner });
  const life = agent.run();
  const bench = { database, unit, watched, nowMs: () => clock.now() };
  try {
    const waiting = Array.from({ length: sequences }, (_, i) => routine(unit, clock.now(), i));
    await oneChange(bench, waiting, false);
    const costs: Record<keyof AgentLoopCosts, number[]> = {
      publishedMs: [],
      improvedMs: [],
      blockedMs: [],
      busyMs: [],
    };
    for (let i = 0; i < alerts; i++) {
      const alert = { ...routine(unit, clock.now(), i), name: `Alert ${i}`, priority: 1 };
      const cost = await oneChange(bench, [alert], true);
      for (const key of Object.keys(costs) as (keyof AgentLoopCosts)[]) costs[key].push(cost[key]);
    }
    return costs;
  } finally {
    agent.stop();
    await life;
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Bench = {
  readonly database: Database;
  readonly unit: Unit;
  readonly watched: ReturnType<typeof watchedPlanner>;
  readonly nowMs: () => number;
};

/** Submits sequences and waits until both plans are there. */
async function oneChange(bench: Bench, sequences: readonly Sequence[], isAlert: boolean) {
  const { database, watched } = bench;
  const before = (await lastFact(database, 'SchedulePublished'))?.id ?? 0;
  const { promise: improved, resolve } = Promise.withResolvers<void>();
  watched.onFull = resolve;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await submit(bench, sequences, isAlert);
  const beganMs = performance.now();
  delay.enable();
  const stop = longestTurn();
  await published(database, before);
  const publishedMs = performance.now() - beganMs;
  await improved;
  const improvedMs = performance.now() - beganMs;
  delay.disable();
  return { publishedMs, improvedMs, blockedMs: delay.max / 1e6, busyMs: stop() };
}

async function submit(
  { database, nowMs }: Bench,
  sequences: readonly Sequence[],
  isAlert: boolean,
): Promise<void> {
  const terms = { name: 'Bench', program: 'Bench', targetType: 'test', isAlert };
  await database.transaction(async (work) => {
    const request = { ...terms, submittedAtMs: nowMs(), sequences };
    const { requestId, sequenceIds } = await insertRequest(work, request, 'bench');
    const payload = { requestId, name: 'Bench', program: 'Bench', isAlert, sequences: sequenceIds };
    await appendFact(work, { atMs: nowMs(), agent: 'bench', type: 'RequestSubmitted', payload });
  });
}

async function published(database: Database, before: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const look = async () => {
    const last = await lastFact(database, 'SchedulePublished');
    if ((last?.id ?? 0) > before) resolve();
  };
  const stop = database.onChange(() => void look().catch(reject));
  await promise;
  stop();
}

/** The planner of the agent, which also tells when its second answer is there. */
function watchedPlanner(planner: PlannerClient) {
  const watched = {
    onFull: () => {},
    planner: {
      ...planner,
      full: async (input: Parameters<PlannerClient['full']>[0]) => {
        const schedule = await planner.full(input);
        watched.onFull();
        return schedule;
      },
    },
  };
  return watched;
}

/** Most processor time that one turn of the loop takes until it is stopped, milliseconds. */
function longestTurn(): () => number {
  let longestMs = 0;
  let isOn = true;
  let lastMs = usedMs();
  const turn = () => {
    const nowMs = usedMs();
    longestMs = Math.max(longestMs, nowMs - lastMs);
    lastMs = nowMs;
    if (isOn) setImmediate(turn);
  };
  setImmediate(turn);
  return () => {
    isOn = false;
    return longestMs;
  };
}

function usedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function unitInTheDark(nowMs: number): Unit {
  const text = readFileSync(new URL('../../config/simulated.yaml', import.meta.url), 'utf8');
  return { ...unitOf(text, 'config/simulated.yaml'), site: siteInTheDark(nowMs) };
}

/** A sequence somewhere high in the sky of the next hours. */
function routine(unit: Unit, nowMs: number, i: number): Sequence {
  const direction = { altDeg: 35 + ((i * 17) % 50), azDeg: (i * 137.5) % 360 };
  const place = horizontalToIcrs(direction, unit.site, nowMs + ((i * 29) % 240) * 60_000);
  return {
    name: `Sequence ${i}`,
    target: { name: `Target ${i}`, ...place },
    status: 'TOBEPLANNED',
    windowStartMs: nowMs - HOUR_MS,
    windowEndMs: nowMs + 24 * HOUR_MS,
    priority: 10 + ((i * 7) % 80),
    startMode: i % 2 === 0 ? 'BESTELEV' : 'IMMEDIATE',
    tPreferedMs: null,
    durationSeconds: 120 + ((i * 37) % 900),
    albums: [],
  };
}
