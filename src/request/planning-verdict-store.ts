import type { InferKyselyDB } from '@mikro-orm/sql';
import type { Reader } from '#agent';
import type { Transaction } from '#db';
import type { SequenceEntity } from './request-entity.ts';
import { type SequenceStatus, sequenceStatuses, sequenceTransitions } from './sequence-status.ts';

const tables = (reader: Reader) => reader.tables<InferKyselyDB<typeof SequenceEntity>>();

const VERDICTS = ['PLANNED', 'UNPLANNABLE', 'TOBEPLANNED', 'EXPIRED'] as const;

/** What the scheduler decided of one sequence. */
export interface PlanningVerdict {
  readonly id: number;
  readonly to: (typeof VERDICTS)[number];
  readonly reason: string;
}

/**
 * Writes what the scheduler decided, with one statement for each status: give a hundred or so at a time.
 * A sequence that was deleted, or whose status no longer allows it, stays as it is.
 */
export async function setPlanningVerdicts(
  transaction: Transaction,
  verdicts: readonly PlanningVerdict[],
): Promise<void> {
  for (const to of VERDICTS) {
    const mine = verdicts.filter((verdict) => verdict.to === to);
    if (mine.length > 0) await setVerdict(transaction, to, mine);
  }
}

async function setVerdict(
  transaction: Transaction,
  to: PlanningVerdict['to'],
  verdicts: readonly PlanningVerdict[],
): Promise<void> {
  const from = sequenceStatuses.filter((s) => s === to || sequenceTransitions[s].includes(to));
  // What runs goes back to the planner by its own observer only.
  const waiting = from.filter((status) => status !== 'EXECUTING' && status !== 'SUBMITTED');
  await tables(transaction)
    .updateTable('sequence')
    .set((eb) => {
      const [first, ...others] = verdicts;
      let reasons = eb
        .case()
        .when('id', '=', first?.id ?? 0)
        .then(first?.reason ?? '');
      for (const { id, reason } of others) reasons = reasons.when('id', '=', id).then(reason);
      const sameForAll = others.every((one) => one.reason === first?.reason);
      return { status: to, reason: sameForAll ? (first?.reason ?? '') : reasons.else('').end() };
    })
    .where(
      'id',
      'in',
      verdicts.map((verdict) => verdict.id),
    )
    .where('status', 'in', waiting)
    .execute();
}

/** The sequences in any of these statuses, without reading what they are. */
export async function statusesIn(
  reader: Reader,
  statuses: readonly SequenceStatus[],
): Promise<Map<number, SequenceStatus>> {
  const rows = await tables(reader)
    .selectFrom('sequence')
    .select(['id', 'status'])
    .where('status', 'in', [...statuses])
    .orderBy('id')
    .execute();
  return new Map(rows.map(({ id, status }) => [Number(id), status as SequenceStatus]));
}
