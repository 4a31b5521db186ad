import type { InferKyselyDB } from '@mikro-orm/sql';
import type { Reader } from '#agent';
import { ensureRow, type Transaction } from '#db';
import type { ScientificProgramEntity } from './program-entity.ts';

export type ProgramTables = InferKyselyDB<typeof ScientificProgramEntity>;

const tables = (reader: Reader) => reader.tables<ProgramTables>();

/**
 * A scientific program. `quota` is seconds of telescope time in the period, null without limit; small
 * priority = urgent.
 */
export interface ScientificProgram {
  readonly name: string;
  readonly description: string;
  readonly quota: number | null;
  readonly priority: number;
}

/** Adds a program unless one of that name is there, which stays as it is. Gives its number. */
export async function ensureProgram(
  transaction: Transaction,
  program: ScientificProgram,
): Promise<number> {
  const { name, ...more } = program;
  return await ensureRow(transaction, 'scientific_program', { key: { name }, more });
}

/** The number of the program of that name; one that nobody described is made, without a limit. */
export async function programNamed(transaction: Transaction, name: string): Promise<number> {
  return await ensureRow(transaction, 'scientific_program', { key: { name }, more: {} });
}

export async function readPrograms(reader: Reader): Promise<ScientificProgram[]> {
  return await tables(reader).selectFrom('scientific_program').selectAll().orderBy('id').execute();
}

/** The name of a program's quota, as people read it. */
export function programAccount(program: string): string {
  return `program "${program}"`;
}
