import { placeOf } from '#sky';
import { type Agenda, byStart, type Telescope } from './agenda.ts';
import { fullEffort } from './effort.ts';
import { outbidBy } from './explanation.ts';
import { candidatesOf, chargeOf, type Job, type JobMemory } from './job.ts';
import { optimise } from './optimiser/optimise.ts';
import type { Tour } from './optimiser/problem.ts';
import { pinAlerts } from './pinned-alerts.ts';
import { gainOf, type PlanningProblem, problemOf } from './planning-problem.ts';
import { isWorthPreempting } from './preemption.ts';
import { type QuotaLedger, quotaLedger } from './quota-ledger.ts';
import type { PlanInput, Quota, RunningSequence, Schedule } from './schedule.ts';
import { entriesOf, filledFraction } from './schedule-entries.ts';
import { withParts } from './shortened.ts';
import { directionOf, slewing } from './slewing.ts';

/**
 * Plans the rest of a night. Alerts come first, each at its first possible start; the others are
 * placed so that the sum of weight × minutes × merit is as large as the effort finds, with a bound
 * that proves how far from the best it can be at most. Quotas are never exceeded. The same input
 * always gives the same plan. A memory of the same night saves asking the sky again; the plan is the
 * same without it.
 */
export function plan(input: PlanInput, memory?: JobMemory): Schedule {
  const span = spanOf(input);
  const { jobs, unplanned } = candidatesOf(input, memory);
  const { running, preempts } = keepOrStop(input, jobs);
  const telescope = telescopeOf(input, running);
  const others = jobs.filter((job) => job.sequence.id !== running?.sequence.id);
  const made = arrange(others, input, telescope);
  const entries = entriesOf(made.agenda, { running, input, telescope });
  const outbid = outbidBy(made.agenda, telescope);
  const reasons = without(others, made.agenda).map((job) => ({
    sequenceId: job.sequence.id,
    ...(made.ledger.refusal(job.sequence) ?? outbid(job)),
  }));
  return {
    ...span,
    entries,
    unplanned: [
      ...unplanned.filter((each) => each.sequenceId !== running?.sequence.id),
      ...reasons,
    ],
    preempts,
    filledFraction: filledFraction(entries, span),
    value: made.value,
    bound: made.bound,
    gap: made.bound > 0 ? (made.bound - made.value) / made.bound : 0,
  };
}

function spanOf({ nowMs, night }: PlanInput): { startMs: number; endMs: number } {
  return { startMs: Math.max(nowMs, night.scienceStartMs), endMs: night.scienceEndMs };
}

/** The jobs that are not on an agenda. */
function without(jobs: readonly Job[], agenda: Agenda): readonly Job[] {
  const placed = new Set(agenda.map(({ job }) => job.sequence.id));
  return jobs.filter((job) => !placed.has(job.sequence.id));
}

function keepOrStop(
  input: PlanInput,
  jobs: readonly Job[],
): { running: RunningSequence | null; preempts: number | null } {
  const { running, nowMs } = input;
  if (running === null) return { running, preempts: null };
  const { refusal } = quotaLedger(input.quotas);
  const { slewMs, looksAt } = telescopeOf(input, running);
  const stops = jobs.some(
    (job) =>
      isWorthPreempting(job, running, { nowMs, slewMs: slewMs(looksAt, job.direction) }) &&
      refusal(job.sequence) === undefined,
  );
  return stops ? { running: null, preempts: running.sequence.id } : { running, preempts: null };
}

function telescopeOf(input: PlanInput, running: RunningSequence | null): Telescope {
  const { nowMs, night, constraints, transition } = input;
  const now = Math.ceil(nowMs);
  // A telescope that is stopped still looks where it looked.
  const target = (running ?? input.running)?.sequence.target ?? null;
  const place = target === null ? input.pointing : placeOf(target, constraints.site, now);
  return {
    freeFromMs: running === null ? now : Math.max(now, Math.ceil(running.endMs)),
    looksAt: place === undefined ? null : directionOf(place),
    slewMs: slewing(transition),
    isInstant: transition === undefined,
    endMs: Math.floor(Math.max(night.scienceEndMs, night.closeMs ?? night.scienceEndMs)),
  };
}

/** What goes where, and what it is worth. */
interface Arrangement {
  readonly agenda: Agenda;
  readonly value: number;
  readonly bound: number;
  /** What the accounts have left beside it. */
  readonly ledger: QuotaLedger;
}

function arrange(jobs: readonly Job[], input: PlanInput, telescope: Telescope): Arrangement {
  const ledger = quotaLedger(input.quotas);
  const fixed = pinAlerts(jobs, telescope, ledger);
  const alertsWorth = worthOf(fixed);
  const routine = jobs.filter(({ sequence }) => !sequence.isAlert);
  const quotas = quotasBeside(input.quotas, fixed);
  const stated = problemOf(routine, { telescope, fixed, quotas });
  const effort = input.effort ?? fullEffort;
  const optimum = optimise({
    problem: stated.problem,
    ...(stated.relaxed ? { relaxed: stated.relaxed } : {}),
    former: formerTour(input, stated),
    ...effort,
    seed: input.seed ?? 0,
  });
  const whole = [...fixed, ...agendaOf(optimum.tour, stated)].sort(byStart);
  for (const { job } of agendaOf(optimum.tour, stated)) ledger.charge(job.sequence, chargeOf(job));
  const agenda = withParts(whole, without(routine, whole), { telescope, ledger });
  const value = worthOf(agenda);
  return { agenda, value, bound: Math.max(value, alertsWorth + optimum.bound), ledger };
}

function worthOf(agenda: Agenda): number {
  return agenda.reduce((sum, { job, startMs }) => sum + gainOf(job) * job.merit.at(startMs), 0);
}

function quotasBeside(quotas: ReadonlyMap<string, Quota>, fixed: Agenda): Map<string, Quota> {
  const beside = new Map(quotas);
  for (const { job } of fixed) {
    for (const account of job.sequence.accounts) {
      const quota = beside.get(account);
      if (quota === undefined) continue;
      const chargedSeconds = quota.chargedSeconds + chargeOf(job);
      beside.set(account, { ...quota, chargedSeconds });
    }
  }
  return beside;
}

/** The places of the plan before, of what is still to be planned. */
function formerTour({ previous }: PlanInput, { jobs, originMs }: PlanningProblem): Tour {
  if (previous === undefined) return [];
  const former = jobs.flatMap((job, index) => {
    const startMs = previous.startMs.get(job.sequence.id);
    return startMs === undefined ? [] : [{ job: index, startMs: startMs - job.setupMs - originMs }];
  });
  return former.sort((a, b) => a.startMs - b.startMs || a.job - b.job);
}

function agendaOf(tour: Tour, { jobs, originMs }: PlanningProblem): Agenda {
  return tour.map(({ job, startMs }) => ({ job: jobs[job] as Job, startMs: startMs + originMs }));
}
