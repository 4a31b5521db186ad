import type { Kysely } from 'kysely';
import type { Stored } from './field-value.ts';
import type { Translation } from './lookup.ts';
import type { ChildSpec, ModelSpec } from './model-spec.ts';

export type Row = Readonly<Record<string, unknown>>;
/** Values by the names of their fields. */
export type Values = ReadonlyMap<string, Stored>;

/** One row, or one to be; its fields are properties. */
export interface DatabaseObject {
  save(): Promise<this>;
  delete(): Promise<void>;
  refresh(): Promise<this>;
  copy(): DatabaseObject;
  readonly pk: Stored | undefined;
  toJSON(): Row;
}

/** What objects and questions ask of the database. */
export interface Keeper {
  tables(): Kysely<unknown>;
  translation(model: ModelSpec): Translation;
  /** A new object, not saved. */
  make(model: ModelSpec, values: Row): DatabaseObject;
  /** The object of a row. */
  objectOf(model: ModelSpec, row: Row): DatabaseObject;
  byKey(model: string, key: Stored): Promise<DatabaseObject>;
  /** The objects that refer to one. */
  children(parent: DatabaseObject, child: ChildSpec): unknown;
  /** Reads what objects refer to, in one question, and lets them know. */
  fetchAlong(objects: readonly DatabaseObject[], field: string): Promise<void>;
  /** Adds a row; gives all its values, those of the database included. */
  insert(model: ModelSpec, values: Values): Promise<Values>;
  update(model: ModelSpec, values: Values, changed: ReadonlySet<string>): Promise<void>;
  delete(model: ModelSpec, values: Values): Promise<void>;
  read(model: ModelSpec, values: Values): Promise<Values>;
}
