import type { Reader } from '#agent';
import type { Transaction } from '#db';
import type { RequestTables } from './request-store.ts';

/** How often a sequence failed by no fault of its observer. */
export async function readFailures(reader: Reader, sequenceId: number): Promise<number> {
  const row = await reader
    .tables<RequestTables>()
    .selectFrom('sequence')
    .select('failures')
    .where('id', '=', sequenceId)
    .executeTakeFirst();
  return row?.failures ?? 0;
}

/** One failure more; gives how many there are now, 0 for a sequence that was deleted. */
export async function countFailure(transaction: Transaction, sequenceId: number): Promise<number> {
  await transaction
    .tables<RequestTables>()
    .updateTable('sequence')
    .set((column) => ({ failures: column('failures', '+', 1) }))
    .where('id', '=', sequenceId)
    .execute();
  return await readFailures(transaction, sequenceId);
}
