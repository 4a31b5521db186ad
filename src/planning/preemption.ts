import { nextIn } from './interval.ts';
import type { Job } from './job.ts';
import type { RunningSequence } from './schedule.ts';

/**
 * Whether a job is worth stopping the running sequence: it is allowed to, it is more urgent, and it
 * would otherwise start later. `slewMs` is the slew from where the telescope looks.
 */
export function isWorthPreempting(
  job: Job,
  running: RunningSequence,
  { nowMs, slewMs }: { readonly nowMs: number; readonly slewMs: number },
): boolean {
  const { sequence, starts } = job;
  if (!sequence.mayPreempt || sequence.id === running.sequence.id) return false;
  if (sequence.priority >= running.sequence.priority) return false;
  const atOnce = nextIn(starts, nowMs + slewMs);
  const afterwards = nextIn(starts, Math.max(nowMs, running.endMs) + slewMs);
  return atOnce !== undefined && (afterwards === undefined || atOnce < afterwards);
}
