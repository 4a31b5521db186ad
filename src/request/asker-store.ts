import type { Reader } from '#agent';
import type { RequestTables } from './request-store.ts';

/** What becomes of the exposures that a sequence interrupts, as its request says. */
export async function readInterrupts(
  reader: Reader,
  sequenceId: number,
): Promise<'discard' | 'readout'> {
  const row = await reader
    .tables<RequestTables>()
    .selectFrom('sequence')
    .innerJoin('request', 'request.id', 'sequence.request_id')
    .select('request.interrupts')
    .where('sequence.id', '=', sequenceId)
    .executeTakeFirst();
  return row?.interrupts === 'readout' ? 'readout' : 'discard';
}

/** Who asked for a sequence; null for a sequence that was deleted. */
export async function readObserver(reader: Reader, sequenceId: number): Promise<string | null> {
  const row = await reader
    .tables<RequestTables>()
    .selectFrom('sequence')
    .innerJoin('request', 'request.id', 'sequence.request_id')
    .innerJoin('pyros_user', 'pyros_user.id', 'request.pyros_user_id')
    .select('pyros_user.username')
    .where('sequence.id', '=', sequenceId)
    .executeTakeFirst();
  return row?.username ?? null;
}
