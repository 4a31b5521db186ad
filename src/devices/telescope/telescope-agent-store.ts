import type { InferKyselyDB } from '@mikro-orm/sql';
import { insertRow, type Transaction } from '#db';
import { iso } from '#platform';
import type { TelescopeStatus } from './telescope.ts';
import type { AgentTelescopeEntity, TelescopeCommandEntity } from './telescope-entity.ts';

type TelescopeAgentTables = InferKyselyDB<
  typeof AgentTelescopeEntity | typeof TelescopeCommandEntity
>;

/** Writes what the mount says; null: it does not answer, and nothing that it said counts any more. */
export async function writeTelescope(
  transaction: Transaction,
  agent: { name: string; host: string; nowMs: number },
  status: TelescopeStatus | null,
): Promise<void> {
  const row = {
    host: agent.host,
    tel_create: status ? 1 : 0,
    tel_init: status?.motion === 'homing' ? 1 : 0,
    tel_init_done: status && status.motion !== 'homing' && status.motion !== 'unknown' ? 1 : 0,
    tel_park: status?.motion === 'parked' ? 1 : 0,
    tel_motion: status?.motion ?? 'unknown',
    tel_flatscreen: status?.flatPosition ? 1 : 0,
    ra_deg: status?.raDeg ?? null,
    dec_deg: status?.decDeg ?? null,
    updated: iso(status?.atMs ?? agent.nowMs),
  };
  const tables = transaction.tables<TelescopeAgentTables>();
  const done = await tables
    .updateTable('agent_telescope')
    .set(row)
    .where('agent', '=', agent.name)
    .executeTakeFirst();
  if (Number(done.numUpdatedRows) > 0) return;
  await tables
    .insertInto('agent_telescope')
    .values({ agent: agent.name, ...row })
    .execute();
}

/** Notes what is asked of the mount, before it is asked; gives the row's number. */
export async function noteRequest(
  transaction: Transaction,
  asked: { agent: string; request: string; atMs: number },
): Promise<number> {
  const { agent, request, atMs } = asked;
  const row = { agent, request, answer: '', requested: iso(atMs) };
  return await insertRow(transaction, 'telescope_command', row);
}

/** Notes what the mount answered. */
export async function noteAnswer(
  transaction: Transaction,
  { id, answer, atMs }: { id: number; answer: string; atMs: number },
): Promise<void> {
  await transaction
    .tables<TelescopeAgentTables>()
    .updateTable('telescope_command')
    .set({ answer, answered: iso(atMs) })
    .where('id', '=', id)
    .execute();
}
