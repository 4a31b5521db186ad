import type { Reader } from '#agent';
import { programAccount, readPrograms } from '#programs';
import { readUserQuotas } from '#users';
import { accountsOf } from './accounts.ts';
import type { RequestTables } from './request-store.ts';
import type { SequenceStatus } from './sequence-status.ts';

/** Telescope time that accounts have in the period, seconds; an account that is not there has no limit. */
export async function readQuotas(reader: Reader): Promise<Map<string, number>> {
  const quotas = await readUserQuotas(reader);
  for (const { name, quota } of await readPrograms(reader)) {
    if (quota !== null) quotas.set(programAccount(name), quota);
  }
  // What any console wrote that is no number gives no time away.
  for (const [account, seconds] of quotas) {
    if (!Number.isFinite(seconds)) quotas.set(account, 0);
  }
  return quotas;
}

/** What the sequences of an account in some statuses add up to. */
export interface Spending {
  readonly sequences: number;
  /** Of observation; setup comes on top. */
  readonly durationSeconds: number;
}

/** What each account has spent on the sequences in these statuses; added up by the database. */
export async function readSpending(
  reader: Reader,
  statuses: readonly SequenceStatus[],
): Promise<Map<string, Spending>> {
  const sums = await selectSums(reader, statuses).execute();
  const spent = new Map<string, Spending>();
  for (const { program, username, country, sequences, seconds } of sums) {
    for (const account of accountsOf({ program, username, country })) {
      const before = spent.get(account) ?? { sequences: 0, durationSeconds: 0 };
      spent.set(account, {
        sequences: before.sequences + Number(sequences),
        durationSeconds: before.durationSeconds + Number(seconds),
      });
    }
  }
  return spent;
}

function selectSums(reader: Reader, statuses: readonly SequenceStatus[]) {
  return reader
    .tables<RequestTables>()
    .selectFrom('sequence')
    .innerJoin('request', 'request.id', 'sequence.request_id')
    .innerJoin('scientific_program', 'scientific_program.id', 'request.scientific_program_id')
    .innerJoin('pyros_user', 'pyros_user.id', 'request.pyros_user_id')
    .leftJoin('country', 'country.id', 'pyros_user.country_id')
    .select(['scientific_program.name as program', 'pyros_user.username as username'])
    .select('country.name as country')
    .select(({ fn }) => [fn.countAll().as('sequences'), fn.sum('sequence.duration').as('seconds')])
    .where('sequence.status', 'in', [...statuses])
    .groupBy(['scientific_program.name', 'pyros_user.username', 'country.name']);
}
