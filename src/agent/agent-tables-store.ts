import type { InferKyselyDB } from '@mikro-orm/sql';
import type { Kysely } from 'kysely';
import type { Database, Transaction } from '#db';
import type {
  AgentsSurveyEntity,
  CommandEntity,
  EffectEntity,
  FactCursorEntity,
  FactEntity,
  LogEntity,
} from './agent-entity.ts';

export type AgentTables = InferKyselyDB<
  | typeof FactEntity
  | typeof FactCursorEntity
  | typeof CommandEntity
  | typeof EffectEntity
  | typeof AgentsSurveyEntity
  | typeof LogEntity
>;

/** Anything that can query: the database, or a transaction in progress. */
export type Reader = Pick<Database, 'tables'> | Pick<Transaction, 'tables'>;

export const tablesOf = (reader: Reader): Kysely<AgentTables> => reader.tables<AgentTables>();
