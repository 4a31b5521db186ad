import { type Agenda, byStart, endOf, type Placed, type Telescope } from './agenda.ts';
import { type Interval, intersect } from './interval.ts';
import { byUrgency, chargeOf, type Job } from './job.ts';
import type { QuotaLedger } from './quota-ledger.ts';

/**
 * Places alerts before anything else, the most urgent first, each at its first possible start: no
 * later choice moves them. An alert that its accounts cannot pay is left out.
 */
export function pinAlerts(jobs: readonly Job[], telescope: Telescope, ledger: QuotaLedger): Agenda {
  let pinned: Placed[] = [];
  for (const job of jobs.filter(({ sequence }) => sequence.isAlert).sort(byUrgency)) {
    if (ledger.refusal(job.sequence, chargeOf(job)) !== undefined) continue;
    const [first] = startsBeside(job, pinned, telescope);
    if (first === undefined) continue;
    pinned = [...pinned, { job, startMs: first.startMs }].sort(byStart);
    ledger.charge(job.sequence, chargeOf(job));
  }
  return pinned;
}

/**
 * When a block may start beside blocks that cannot be moved: the slews from and to each of them, and
 * from where the telescope looks, leave time.
 */
export function startsBeside(job: Job, fixed: Agenda, telescope: Telescope): readonly Interval[] {
  const { freeFromMs, looksAt, slewMs, endMs } = telescope;
  const soonest = freeFromMs + slewMs(looksAt, job.direction);
  const last = endMs - job.blockMs;
  if (fixed.length === 0) {
    // The common case, thousands of times: all starts as they are.
    const [from, until] = [job.starts[0], job.starts.at(-1)];
    if (from && until && from.startMs >= soonest && until.endMs <= last) return job.starts;
  }
  const gaps: Interval[] = [];
  let startMs = soonest;
  for (const block of fixed) {
    const limit = block.startMs - slewMs(job.direction, block.job.direction) - job.blockMs;
    if (limit >= startMs) gaps.push({ startMs, endMs: limit });
    startMs = Math.max(startMs, endOf(block) + slewMs(block.job.direction, job.direction));
  }
  if (last >= startMs) gaps.push({ startMs, endMs: last });
  return intersect(job.starts, gaps);
}
