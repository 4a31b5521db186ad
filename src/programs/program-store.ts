import type { InferKyselyDB } from '@mikro-orm/sql';
import type { Reader } from '#agent';
import { insertRow, type Transaction } from '#db';
import type { ScientificProgramEntity } from './program-entity.ts';

export type ProgramTables = InferKyselyDB<typeof ScientificProgramEntity>;

const tables = (reader: Reader) => reader.tables<ProgramTables>();

/** A scientific program. `quota` is seconds of telescope time in the period; small priority = urgent. */
export interface ScientificProgram {
  readonly name: string;
  readonly description: string;
  readonly quota: number;
  readonly priority: number;
}

export async function insertProgram(
  transaction: Transaction,
  program: ScientificProgram,
): Promise<void> {
  await insertRow(transaction, 'scientific_program', { ...program });
}

export async function readPrograms(reader: Reader): Promise<ScientificProgram[]> {
  return await tables(reader).selectFrom('scientific_program').selectAll().orderBy('id').execute();
}
