import { nextIn } from './interval.ts';
import type { Job } from './job.ts';
import type { RunningSequence } from './schedule.ts';

/**
 * Whether a job is worth stopping the running sequence: it is allowed to, it is more urgent, and it
 * would otherwise start later.
 */
export function isWorthPreempting(job: Job, running: RunningSequence, nowMs: number): boolean {
  const { sequence, overheadMs, starts } = job;
  if (!sequence.mayPreempt || sequence.id === running.sequence.id) return false;
  if (sequence.priority >= running.sequence.priority) return false;
  const atOnce = nextIn(starts, nowMs + overheadMs);
  const afterwards = nextIn(starts, Math.max(nowMs, running.endMs) + overheadMs);
  return atOnce !== undefined && (afterwards === undefined || atOnce < afterwards);
}
