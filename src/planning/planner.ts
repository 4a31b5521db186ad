import { outbid } from './explanation.ts';
import { improve } from './improvement.ts';
import { byUrgency, type Job, jobFor, pinned } from './job.ts';
import { nightSky, trackOf } from './night-sky.ts';
import { isWorthPreempting } from './preemption.ts';
import { quotaLedger } from './quota-ledger.ts';
import type {
  Explanation,
  PlanInput,
  PlanSequence,
  RunningSequence,
  Schedule,
  UnplannedSequence,
} from './schedule.ts';
import { entriesOf, filledFraction } from './schedule-entries.ts';
import { insert, settle, type Timeline } from './timeline.ts';

/** Sequences that could be placed, and those that never could. */
interface Candidates {
  readonly jobs: readonly Job[];
  readonly unplanned: readonly UnplannedSequence[];
}

/** A timeline, and the reasons of those that are not on it. */
interface Placement {
  readonly timeline: Timeline;
  readonly unplanned: readonly UnplannedSequence[];
}

/**
 * Plans the rest of a night. Sequences are placed by urgency, each at its best free start; those
 * already placed make way as far as the sky allows; what is left is then tried by exchanges. Quotas
 * are never exceeded. The same input always gives the same plan.
 */
export function plan(input: PlanInput): Schedule {
  const startMs = Math.max(input.nowMs, input.night.scienceStartMs);
  const span = { startMs, endMs: input.night.scienceEndMs };
  const { jobs, unplanned } = candidates(input, span);
  const { running, preempts } = keepOrStop(input, jobs);
  const kept = running?.sequence.id;
  const freeFromMs = running === null ? input.nowMs : Math.max(input.nowMs, running.endMs);
  const others = jobs.filter((job) => job.sequence.id !== kept);
  const placement = place(others, input, freeFromMs);
  const entries = entriesOf(placement.timeline, { running, input, freeFromMs });
  return {
    ...span,
    entries,
    unplanned: [...unplanned.filter((each) => each.sequenceId !== kept), ...placement.unplanned],
    preempts,
    filledFraction: filledFraction(entries, span),
  };
}

function candidates(
  input: PlanInput,
  dark: { readonly startMs: number; readonly endMs: number },
): Candidates {
  const { constraints: rules } = input;
  const sky = nightSky(rules.site, dark);
  const stepMs = (input.stepSeconds ?? 60) * 1000;
  const jobs: Job[] = [];
  const unplanned: UnplannedSequence[] = [];
  for (const sequence of input.sequences) {
    const track = trackOf(sequence.target, sky);
    const answer = jobFor({ sequence, track, rules, dark, stepMs });
    if (answer.job) jobs.push(answer.job);
    else unplanned.push({ sequenceId: sequence.id, ...answer.explanation });
  }
  return { jobs: jobs.sort(byUrgency), unplanned };
}

function keepOrStop(
  input: PlanInput,
  jobs: readonly Job[],
): { running: RunningSequence | null; preempts: number | null } {
  const { running, nowMs } = input;
  if (running === null) return { running, preempts: null };
  const { refusal } = quotaLedger(input.quotas);
  const stops = jobs.some(
    (job) => isWorthPreempting(job, running, nowMs) && refusal(job.sequence) === undefined,
  );
  return stops ? { running: null, preempts: running.sequence.id } : { running, preempts: null };
}

/** Places jobs, the most urgent first. */
function place(jobs: readonly Job[], input: PlanInput, freeFromMs: number): Placement {
  const ledger = quotaLedger(input.quotas);
  const refused = new Map<PlanSequence, Explanation>();
  const left: Job[] = [];
  let timeline: Timeline = [];
  for (const job of jobs) {
    const refusal = ledger.refusal(job.sequence);
    const added = refusal ? undefined : insert(timeline, job, freeFromMs);
    if (refusal) refused.set(job.sequence, refusal);
    else if (added === undefined) left.push(job);
    else {
      timeline = job.sequence.isAlert ? withAlertPinned(added, job) : added;
      ledger.charge(job.sequence);
    }
  }
  const isAffordable = (job: Job): boolean => ledger.refusal(job.sequence) === undefined;
  const improved = improve({ timeline, left, freeFromMs, isAffordable }, (job) =>
    ledger.charge(job.sequence),
  );
  const settled = settle(improved, freeFromMs);
  const isPlaced = (job: Job): boolean =>
    settled.some((placed) => placed.job.sequence.id === job.sequence.id);
  const outbids = left
    .filter((job) => !isPlaced(job))
    .map((job) => ({
      sequenceId: job.sequence.id,
      ...outbid(job, settled, freeFromMs),
    }));
  const refusals = [...refused].map(([sequence, why]) => ({ sequenceId: sequence.id, ...why }));
  return { timeline: settled, unplanned: [...refusals, ...outbids] };
}

function withAlertPinned(timeline: Timeline, alert: Job): Timeline {
  return timeline.map((placed) =>
    placed.job === alert ? { ...placed, job: pinned(alert, placed.startMs) } : placed,
  );
}
