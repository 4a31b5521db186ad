import { type Agenda, byStart, endOf, type Placed, type Telescope } from './agenda.ts';
import { type Interval, intersect } from './interval.ts';
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
    const part = longestPart(job, result, means.telescope);
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

/** The shortest block of a job that is still useful, milliseconds. */
export function leastBlockMs(job: Job): number {
  return Math.min(job.blockMs, job.setupMs + Math.ceil(1000 * leastSeconds(job.sequence)));
}

function longestPart(job: Job, agenda: Agenda, telescope: Telescope): Placed | undefined {
  const free = intersect(job.visible, gapsFor(job, agenda, telescope));
  let best: Interval | undefined;
  for (const each of free) {
    if (best === undefined || each.endMs - each.startMs > best.endMs - best.startMs) best = each;
  }
  if (best === undefined || best.endMs - best.startMs < leastBlockMs(job)) return undefined;
  const startMs = Math.ceil(best.startMs);
  const blockMs = Math.min(job.blockMs, Math.floor(best.endMs) - startMs);
  const durationMs = blockMs - job.setupMs;
  const isShortened = blockMs < job.blockMs || job.isShortened;
  return { job: { ...job, blockMs, durationMs, isShortened }, startMs };
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
