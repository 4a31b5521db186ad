import { type Kysely, sql } from 'kysely';
import { type Database, insertRow } from '#db';
import { type Clock, PyrosError, sentenceOf } from '#platform';
import { Q } from './condition.ts';
import { emptyValue, fieldNamed, type Stored } from './field-value.ts';
import type { Translation } from './lookup.ts';
import {
  fillObject,
  keyOfObject,
  Manager,
  type ModelClass,
  makeModelClass,
  rememberReference,
} from './model-class.ts';
import type { ChildSpec, FieldSpec, ModelSpec } from './model-spec.ts';
import type { DatabaseObject, Keeper, Row, Values } from './object-types.ts';
import { QuerySet } from './query-set.ts';

type AnyTables = Record<string, Record<string, unknown>>;

/** Between the objects that people type and the rows of the database. */
export class ObjectStore implements Keeper {
  /** The class of each table, by its name. */
  readonly models: ReadonlyMap<string, ModelClass>;
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #specs: ReadonlyMap<string, ModelSpec>;

  constructor(parts: { database: Database; clock: Clock; specs: readonly ModelSpec[] }) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#specs = new Map(parts.specs.map((spec) => [spec.name, spec]));
    this.models = new Map(parts.specs.map((spec) => [spec.name, makeModelClass(this, spec)]));
  }

  tables(): Kysely<unknown> {
    return this.#database.tables();
  }

  translation(model: ModelSpec): Translation {
    const { engine } = this.#database;
    return { engine, model, modelOf: (name) => this.#spec(name), keyOf: keyOfObject };
  }

  #spec(name: string): ModelSpec {
    const spec = this.#specs.get(name);
    if (!spec) throw new RangeError(`no table ${name}`);
    return spec;
  }

  /** A new object, not saved. */
  make(model: ModelSpec, values: Row): DatabaseObject {
    const Class = this.models.get(model.name);
    if (!Class) throw new RangeError(`no table ${model.name}`);
    return new Class(values);
  }

  /** The object of a row. */
  objectOf(model: ModelSpec, row: Row): DatabaseObject {
    const object = this.make(model, {});
    fillObject(object, valuesOf(model, row));
    return object;
  }

  async byKey(name: string, key: Stored): Promise<DatabaseObject> {
    return await this.question(name).get({ pk: key });
  }

  /** Every object of a table, to be narrowed. */
  question(name: string): QuerySet {
    return new QuerySet(this, this.#spec(name));
  }

  /** The objects that refer to one. */
  children(parent: DatabaseObject, child: ChildSpec): Manager {
    const model = this.#spec(child.model);
    const conditions = [Q({ [child.field]: parent })];
    return new Manager({ store: this, model, question: { conditions } }, (values) =>
      this.make(model, { ...values, [child.field]: parent }),
    );
  }

  /** Reads what objects refer to, in one question, and lets them know. */
  async fetchAlong(objects: readonly DatabaseObject[], name: string): Promise<void> {
    const [first] = objects;
    if (!first) return;
    const spec = this.#spec(first.constructor.name);
    const field = fieldNamed(spec, name);
    const keyOf = (object: DatabaseObject) => object.toJSON()[field.name] as Stored | undefined;
    const keys = [...new Set(objects.map(keyOf))].filter(
      (key) => key !== null && key !== undefined,
    );
    const found = await this.question(field.target).filter({ pk__in: keys });
    const byKey = new Map(found.map((target) => [target.pk, target]));
    for (const object of objects) {
      const target = byKey.get(keyOf(object) ?? null);
      if (target) rememberReference(object, field.name, target);
    }
  }

  /** Adds a row; gives all its values, those of the database included. */
  async insert(model: ModelSpec, values: Values): Promise<Map<string, Stored>> {
    const row: Record<string, Stored> = {};
    for (const field of model.fields) {
      const value = values.get(field.name);
      if (value !== undefined && (value !== null || field.nullable)) row[field.column] = value;
      else if (!field.hasDefault) row[field.column] = this.#filled(model, field);
    }
    // No engine but SQLite and PostgreSQL has a word for "a row of defaults".
    const [spare] = model.fields.filter((field) => field.default !== null);
    if (Object.keys(row).length === 0 && spare) row[spare.column] = spare.default;
    const key = await this.#write(model, 'saved', async (tables, transaction) => {
      if (model.isCounted && model.key.column === 'id') {
        return await insertRow(transaction, model.table, row);
      }
      await tables.insertInto(model.table).values(row).execute();
      return row[model.key.column] ?? null;
    });
    return await this.#readKey(model, key);
  }

  #filled(model: ModelSpec, field: FieldSpec): Stored {
    if (field.kind !== 'reference' || field.nullable) return emptyValue(field, this.#clock.now());
    throw new PyrosError('FIELD_VALUE', `${model.name} needs its ${field.name}.`, {
      remedy: `Give it a ${field.target}: new ${model.name}({${field.name}: …}).`,
    });
  }

  async update(model: ModelSpec, values: Values, changed: ReadonlySet<string>): Promise<void> {
    const fields = model.fields.filter((field) => changed.has(field.name) && field !== model.key);
    if (fields.length === 0) return;
    const set = Object.fromEntries(
      fields.map((field) => [field.column, values.get(field.name) ?? null]),
    );
    const done = await this.#write(model, 'saved', (tables) =>
      tables
        .updateTable(model.table)
        .set(set)
        .where(model.key.column, '=', values.get(model.key.name))
        .executeTakeFirst(),
    );
    if (Number(done.numUpdatedRows) === 0) throw gone(model);
  }

  async delete(model: ModelSpec, values: Values): Promise<void> {
    const done = await this.#write(model, 'deleted', (tables) =>
      tables
        .deleteFrom(model.table)
        .where(model.key.column, '=', values.get(model.key.name) ?? null)
        .executeTakeFirst(),
    );
    if (Number(done.numDeletedRows) === 0) throw gone(model);
  }

  async read(model: ModelSpec, values: Values): Promise<Map<string, Stored>> {
    return await this.#readKey(model, values.get(model.key.name) ?? null);
  }

  async #readKey(model: ModelSpec, key: Stored): Promise<Map<string, Stored>> {
    const { rows } = await sql<Row>`
      SELECT * FROM ${sql.table(model.table)} WHERE ${sql.ref(model.key.column)} = ${key}
    `.execute(this.tables());
    const [row] = rows;
    if (!row) throw gone(model);
    return new Map(valuesOf(model, row));
  }

  /** One change, told to every agent; what the database refuses is said in a sentence. */
  async #write<T>(
    model: ModelSpec,
    what: string,
    work: (tables: Kysely<AnyTables>, transaction: Parameters<typeof insertRow>[0]) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.#database.transaction(async (transaction) => {
        transaction.announce();
        return await work(transaction.tables<AnyTables>(), transaction);
      });
    } catch (error) {
      throw new PyrosError(
        'OBJECT_REFUSED',
        `This ${model.name} was not ${what}: ${sentenceOf(error)}.`,
        {
          cause: error,
        },
      );
    }
  }
}

function valuesOf(model: ModelSpec, row: Row): [string, Stored][] {
  return model.fields.map((field) => [field.name, (row[field.column] ?? null) as Stored]);
}

function gone(model: ModelSpec): PyrosError {
  return new PyrosError('OBJECT_ABSENT', `There is no such ${model.name}.`);
}
