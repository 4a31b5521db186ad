import { type Agenda, byStart, endOf, type Placed, type Telescope } from './agenda.ts';
import { type Interval, intersect, startsWithin } from './interval.ts';
import { byUrgency, chargeOf, type Job } from './job.ts';
import type { QuotaLedger } from './quota-ledger.ts';

/**
 * Uses what is left between the blocks of an agenda for sequences of which a part is useful: the most
 * urgent first, each in the gap that gives it the longest part.
 */
export function withParts(
  agenda: Agenda,
  jobs: readonly Job[],
  means: { readonly telescope: Telescope; readonly ledger: QuotaLedger },
): Agenda {
  let result = agenda;
  for (const job of jobs.filter(hasUsefulPart).sort(byUrgency)) {
    const part = longestPart(job, result, means);
    if (
      part === undefined ||
      means.ledger.refusal(part.job.sequence, chargeOf(part.job)) !== undefined
    )
      continue;
    result = [...result, part].sort(byStart);
    means.ledger.charge(part.job.sequence, chargeOf(part.job));
  }
  return result;
}

/** A part of a sequence would be worth its while. */
export function hasUsefulPart({ sequence }: Job): boolean {
  return leastSeconds(sequence) < sequence.durationSeconds;
}

/** The least length of the observation. */
function leastSeconds(sequence: Job['sequence']): number {
  return sequence.minUsefulSeconds ?? sequence.durationSeconds;
}

/** The least part of a job that is still useful; the job itself when it is all or nothing. */
export function leastPartOf(job: Job): Job {
  const durationMs = Math.min(job.durationMs, Math.ceil(1000 * leastSeconds(job.sequence)));
  if (durationMs >= job.durationMs) return job;
  const blockMs = job.setupMs + durationMs;
  return { ...job, durationMs, blockMs, starts: startsWithin(job.visible, blockMs) };
}

function longestPart(
  job: Job,
  agenda: Agenda,
  { telescope, ledger }: { readonly telescope: Telescope; readonly ledger: QuotaLedger },
): Placed | undefined {
  const free = intersect(job.visible, gapsFor(job, agenda, telescope));
  let best: Interval | undefined;
  for (const each of free) {
    if (best === undefined || each.endMs - each.startMs > best.endMs - best.startMs) best = each;
  }
  if (best === undefined) return undefined;
  const startMs = Math.ceil(best.startMs);
  const room = Math.floor(best.endMs) - startMs - job.setupMs;
  const durationMs = Math.min(job.durationMs, room, payableMs(job, ledger));
  if (durationMs < leastPartOf(job).durationMs) return undefined;
  const isShortened = durationMs < job.durationMs || job.isShortened;
  return { job: { ...job, blockMs: job.setupMs + durationMs, durationMs, isShortened }, startMs };
}

/** The longest observation that the accounts of a job could still pay for. */
function payableMs({ sequence }: Job, ledger: QuotaLedger): number {
  const besides = sequence.chargeSeconds - sequence.durationSeconds;
  return Math.floor(1000 * (ledger.leftFor(sequence) - besides));
}

/** Where a block of this job could lie between the others, the slews on both sides left out. */
function gapsFor(job: Job, agenda: Agenda, telescope: Telescope): Interval[] {
  const { slewMs, looksAt } = telescope;
  const gaps: Interval[] = [];
  let startMs = telescope.freeFromMs + slewMs(looksAt, job.direction);
  for (const block of agenda) {
    const endMs = block.startMs - slewMs(job.direction, block.job.direction);
    if (endMs > startMs) gaps.push({ startMs, endMs });
    startMs = endOf(block) + slewMs(block.job.direction, job.direction);
  }
  if (telescope.endMs > startMs) gaps.push({ startMs, endMs: telescope.endMs });
  return gaps;
}
