import type { Agenda, Telescope } from './agenda.ts';
import type { Interval } from './interval.ts';
import { chargeOf, type Job } from './job.ts';
import type { Problem } from './optimiser/problem.ts';
import { startsBeside } from './pinned-alerts.ts';
import { quotaLedger } from './quota-ledger.ts';
import type { Quota } from './schedule.ts';
import { leastPartOf } from './shortened.ts';
import { weightOf } from './weight.ts';

/** A numeric problem, and what its numbers stand for. */
export interface PlanningProblem {
  readonly problem: Problem;
  /** The jobs by index. */
  readonly jobs: readonly Job[];
  /** The instant 0, UTC ms. */
  readonly originMs: number;
  /** What the bound is for, where it differs. */
  readonly relaxed?: Problem;
}

/** What is settled already. */
export interface Frame {
  readonly telescope: Telescope;
  /** Blocks that cannot be moved. */
  readonly fixed: Agenda;
  /** By account: what is left to spend beside them. */
  readonly quotas: ReadonlyMap<string, Quota>;
}

/** What an observation of the whole planned length is worth at its best: see weight.ts. */
export function gainOf(job: Job): number {
  return (weightOf(job.sequence.priority) * job.durationMs) / 60_000;
}

/** A job with the starts of its block beside what is settled. */
interface Stated {
  readonly job: Job;
  readonly starts: readonly Interval[];
  /** Of its least useful part, whole where it is all or nothing. */
  readonly part: Job;
  readonly partStarts: readonly Interval[];
}

/**
 * Puts jobs in numbers for the optimiser. Jobs that have no start left, or that their accounts could
 * not pay even alone, are not part of it. Where a part of a sequence is useful, `relaxed` is the
 * problem that a bound must be taken of: the least part stands for all of it, with all its worth,
 * whenever it starts.
 */
export function problemOf(candidates: readonly Job[], frame: Frame): PlanningProblem {
  const stated = statedOf(candidates, frame);
  const firsts = stated.flatMap(({ starts, partStarts }) => [starts[0], partStarts[0]]);
  const { telescope } = frame;
  const originMs = firsts.reduce(
    (least, each) => Math.min(least, Math.floor(each?.startMs ?? least)),
    telescope.endMs,
  );
  const jobs = stated.map(({ job }) => job);
  const quotas = bindingQuotas(stated, frame.quotas);
  const accounts = [...quotas.keys()];
  const problem: Problem = {
    n: jobs.length,
    spanMs: telescope.endMs - originMs,
    blockMs: Float64Array.from(jobs, (job) => job.blockMs),
    gain: Float64Array.from(jobs, gainOf),
    wishMs: Float64Array.from(jobs, (job) => Math.round(job.merit.wishMs) - originMs),
    ...flat(
      stated.map(({ starts }) => starts),
      originMs,
    ),
    meritAt: (job, startMs) => (jobs[job] as Job).merit.at(startMs + originMs),
    slewMs: slewTable(jobs, telescope),
    accounts: jobs.map(({ sequence }) => indices(sequence.accounts, accounts)),
    charge: Float64Array.from(jobs, chargeOf),
    left: Float64Array.from(quotas.values(), (quota) => quota.quotaSeconds - quota.chargedSeconds),
  };
  return { problem, jobs, originMs, ...relaxedOf(problem, stated, originMs) };
}

/** The quotas that could not pay for all jobs together: the others need not be watched. */
function bindingQuotas(
  stated: readonly Stated[],
  quotas: ReadonlyMap<string, Quota>,
): ReadonlyMap<string, Quota> {
  const asked = new Map<string, number>();
  for (const { job } of stated) {
    const charge = chargeOf(job);
    for (const account of new Set(job.sequence.accounts)) {
      asked.set(account, (asked.get(account) ?? 0) + charge);
    }
  }
  const isBinding = ([account, quota]: readonly [string, Quota]): boolean =>
    (asked.get(account) ?? 0) > quota.quotaSeconds - quota.chargedSeconds;
  return new Map([...quotas].filter(isBinding));
}

function statedOf(candidates: readonly Job[], { telescope, fixed, quotas }: Frame): Stated[] {
  const ledger = quotaLedger(quotas);
  const stated: Stated[] = [];
  // By id, so that the plan does not depend on the order in which sequences come.
  for (const job of [...candidates].sort((a, b) => a.sequence.id - b.sequence.id)) {
    const part = leastPartOf(job);
    if (ledger.refusal(part.sequence, chargeOf(part)) !== undefined) continue;
    const starts = startsBeside(job, fixed, telescope);
    const partStarts = part === job ? starts : startsBeside(part, fixed, telescope);
    if (partStarts.length > 0) stated.push({ job, starts, part, partStarts });
  }
  return stated;
}

function relaxedOf(
  problem: Problem,
  stated: readonly Stated[],
  originMs: number,
): { relaxed?: Problem } {
  if (stated.every(({ job, part }) => job === part)) return {};
  const isPart = stated.map(({ job, part }) => job !== part);
  const relaxed: Problem = {
    ...problem,
    blockMs: Float64Array.from(stated, ({ part }) => part.blockMs),
    ...flat(
      stated.map(({ partStarts }) => partStarts),
      originMs,
    ),
    meritAt: (job, startMs) => (isPart[job] ? 1 : problem.meritAt(job, startMs)),
    charge: Float64Array.from(stated, ({ part }) => chargeOf(part)),
  };
  return { relaxed };
}

function indices(names: readonly string[], accounts: readonly string[]): readonly number[] {
  if (accounts.length === 0) return none;
  return [...new Set(names)].map((name) => accounts.indexOf(name)).filter((at) => at >= 0);
}

const none: readonly number[] = [];

/** The starts of all jobs in one row, whole milliseconds inside. */
function flat(starts: readonly (readonly Interval[])[], originMs: number) {
  const firstStart = new Int32Array(starts.length + 1);
  const low: number[] = [];
  const high: number[] = [];
  starts.forEach((intervals, job) => {
    for (const { startMs, endMs } of intervals) {
      low.push(Math.ceil(startMs) - originMs);
      high.push(Math.floor(endMs) - originMs);
    }
    firstStart[job + 1] = low.length;
  });
  return { firstStart, startLow: Float64Array.from(low), startHigh: Float64Array.from(high) };
}

/** Slews asked for from one job, as a share of all, before all of its slews are computed at once. */
const PATIENCE = 0.25;

/**
 * Slews between jobs. They are the same both ways, so that the row of either will do; a job that is
 * asked about often gets a row. Where the telescope looks at the start is part of the starts already.
 */
function slewTable(jobs: readonly Job[], { slewMs, isInstant }: Telescope): Problem['slewMs'] {
  if (isInstant || jobs.every((job) => job.direction === null)) return () => 0;
  const directions = jobs.map((job) => job.direction);
  const between = (from: number, to: number): number =>
    slewMs(directions[from] ?? null, directions[to] ?? null);
  const rows: (Float64Array | undefined)[] = new Array(jobs.length);
  const asked = new Uint32Array(jobs.length);
  const rowOf = (from: number): Float64Array => {
    const row = new Float64Array(jobs.length);
    for (let to = 0; to < row.length; to++) row[to] = between(from, to);
    rows[from] = row;
    return row;
  };
  return (from, to) => {
    if (from < 0) return 0;
    const row = rows[from];
    if (row !== undefined) return row[to] as number;
    const back = rows[to];
    if (back !== undefined) return back[from] as number;
    const times = (asked[from] as number) + 1;
    asked[from] = times;
    return times > PATIENCE * jobs.length ? (rowOf(from)[to] as number) : between(from, to);
  };
}
