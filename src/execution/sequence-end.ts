import type { Work } from '#agent';
import { countFailure, readSequence, type StoredSequence, setSequenceStatus } from '#request';
import type { SequenceOutcome } from './sequence-run.ts';

/** What a run came to, and why it was no more. `FAILED` alone is a device's fault, not the sky's. */
export interface Reached {
  readonly outcome: SequenceOutcome;
  readonly reason: string;
}

/** A sequence that devices let down so often is given up: nobody pays for it. */
export const MOST_FAILURES = 3;

/**
 * Gives a sequence its end in the tables and tells it. Interrupted, it goes back to the planner; so it
 * does when a device failed it, until it was let down {@link MOST_FAILURES} times: then it is FAILED,
 * which costs its accounts nothing either, and the images that it has are its observer's all the same.
 */
export async function endSequence(
  work: Work,
  end: {
    readonly sequenceId: number;
    readonly name: string;
    readonly reached: Reached;
    readonly images: number;
  },
): Promise<Reached> {
  const { sequenceId, name, reached, images } = end;
  const before = await readSequence(work, sequenceId);
  // Withdrawn or deleted while it ran: that stays, with its own reason.
  const gone = goneBefore(before);
  const told = gone ?? (await withFailure(work, end, reached));
  if (before && !gone) await setStatus(work, before, told);
  await work.fact('SequenceEnded', { sequenceId, name, ...told, images });
  return told;
}

function goneBefore(before: StoredSequence | null): Reached | null {
  if (!before) return { outcome: 'CANCELLED', reason: 'it was deleted' };
  if (before.status !== 'CANCELLED') return null;
  return { outcome: 'CANCELLED', reason: before.reason };
}

async function withFailure(
  work: Work,
  { sequenceId, name }: { sequenceId: number; name: string },
  reached: Reached,
): Promise<Reached> {
  if (reached.outcome !== 'FAILED') return reached;
  const { reason } = reached;
  const failures = await countFailure(work, sequenceId);
  if (failures >= MOST_FAILURES) return reached;
  await work.fact('SequenceRequeued', { sequenceId, name, reason, failures });
  return { outcome: 'INTERRUPTED', reason };
}

async function setStatus(
  work: Work,
  { id, status }: StoredSequence,
  { outcome, reason }: Reached,
): Promise<void> {
  const to = outcome === 'INTERRUPTED' ? 'TOBEPLANNED' : outcome;
  // A sequence that could not even begin is still PLANNED.
  if (status === 'PLANNED' && to !== 'TOBEPLANNED') {
    await setSequenceStatus(work, { id, to: 'EXECUTING', reason: '' });
  }
  await setSequenceStatus(work, { id, to, reason });
}
