import { type RawBuilder, sql } from 'kysely';
import { PyrosError } from '#platform';
import { type Condition, conditionOf, type Where } from './condition.ts';
import { fieldNamed } from './field-value.ts';
import { conditionSql } from './lookup.ts';
import type { ModelSpec } from './model-spec.ts';
import type { DatabaseObject, Keeper } from './object-types.ts';
import { shownSql } from './shown-sql.ts';

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

interface Question {
  readonly conditions: readonly Condition[];
  readonly order: readonly string[];
  /** References whose objects come along. */
  readonly along: readonly string[];
  readonly limit: number | null;
  readonly offset: number;
}

/** Objects that were read, still knowing the question that they answer. */
export type Found = DatabaseObject[] &
  Pick<QuerySet, 'query' | 'count' | 'exclude' | 'get' | 'first'>;

/**
 * A question to one table. Nothing is asked of the database before it is awaited, counted or iterated;
 * each method gives another question.
 */
export class QuerySet {
  readonly #store: Keeper;
  readonly #model: ModelSpec;
  readonly #question: Question;

  constructor(store: Keeper, model: ModelSpec, question: Partial<Question> = {}) {
    this.#store = store;
    this.#model = model;
    this.#question = { conditions: [], order: [], along: [], limit: null, offset: 0, ...question };
  }

  #changed(change: Partial<Question>): QuerySet {
    return new QuerySet(this.#store, this.#model, { ...this.#question, ...change });
  }

  #narrowed(condition: Condition): QuerySet {
    const conditions = [...this.#question.conditions, condition];
    // A wrong name is told here, not when the answer is wanted.
    conditionSql(condition, this.#store.translation(this.#model));
    return this.#changed({ conditions });
  }

  all(): QuerySet {
    return this.#changed({});
  }

  /** Those for which all of these hold. */
  filter(where: Where | Condition): QuerySet {
    return this.#narrowed(conditionOf(where));
  }

  /** Those for which these do not all hold. */
  exclude(where: Where | Condition): QuerySet {
    return this.#narrowed(conditionOf(where).not());
  }

  /** By these fields; `-` before a name for the greatest first. */
  orderBy(...names: readonly string[]): QuerySet {
    for (const name of names) fieldNamed(this.#model, name.replace(/^-/, ''));
    return this.#changed({ order: names });
  }

  /** Reads what these fields refer to along with the objects. */
  with(...names: readonly string[]): QuerySet {
    for (const name of names) {
      if (fieldNamed(this.#model, name).kind === 'reference') continue;
      throw new PyrosError('FIELD_VALUE', `${this.#model.name}.${name} refers to no other object.`);
    }
    return this.#changed({ along: [...this.#question.along, ...names] });
  }

  /** From the `start`-th, counted from 0, to before the `end`-th. */
  slice(start: number, end?: number): QuerySet {
    const limit = end === undefined ? null : Math.max(0, end - start);
    return this.#changed({ offset: this.#question.offset + start, limit });
  }

  async first(): Promise<DatabaseObject | null> {
    return (await this.slice(0, 1).#read())[0] ?? null;
  }

  async last(): Promise<DatabaseObject | null> {
    return (await this.#read()).at(-1) ?? null;
  }

  async exists(): Promise<boolean> {
    return (await this.first()) !== null;
  }

  async count(): Promise<number> {
    const { rows } = await sql<{ n: number | string }>`
      SELECT count(*) AS n FROM ${sql.table(this.#model.table)} ${this.#where()}
    `.execute(this.#store.tables());
    return Number(rows[0]?.n ?? 0);
  }

  /**
   * The one object for which these hold, or the one at a place counted from 0.
   *
   * @throws PyrosError `OBJECT_ABSENT` or `OBJECT_AMBIGUOUS`.
   */
  async get(which: Where | Condition | number = {}): Promise<DatabaseObject> {
    const { name } = this.#model;
    const found =
      typeof which === 'number'
        ? await this.slice(which, which + 1).#read()
        : await this.filter(which).slice(0, 2).#read();
    const [only] = found;
    if (!only) throw new PyrosError('OBJECT_ABSENT', `There is no such ${name}.`);
    if (found.length > 1) {
      throw new PyrosError('OBJECT_AMBIGUOUS', `More than one ${name} is like that.`, {
        remedy: 'Ask more precisely, or take all of them with filter.',
      });
    }
    return only;
  }

  /** Deletes them all; gives how many. */
  async delete(): Promise<number> {
    const found = await this.#read();
    for (const object of found) await object.delete();
    return found.length;
  }

  /** The SQL that is asked. */
  get query(): string {
    const { sql: text, parameters } = this.#select().compile(this.#store.tables());
    return shownSql(text, parameters);
  }

  #select(): RawBuilder<Record<string, unknown>> {
    const { table, fields } = this.#model;
    const columns = fields.map((field) => sql.ref(`${table}.${field.column}`));
    const { limit, offset } = this.#question;
    const rows = limit ?? (offset > 0 ? Number.MAX_SAFE_INTEGER : null);
    const page = rows === null ? sql`` : sql`LIMIT ${sql.lit(rows)} OFFSET ${sql.lit(offset)}`;
    return sql`SELECT ${sql.join(columns)} FROM ${sql.table(table)} ${this.#where()} ${this.#orderSql()} ${page}`;
  }

  #where(): RawBuilder<unknown> {
    const translation = this.#store.translation(this.#model);
    const parts = this.#question.conditions.map((one) => conditionSql(one, translation));
    return parts.length === 0 ? sql`` : sql`WHERE ${sql.join(parts, sql` AND `)}`;
  }

  /** By the key when nothing else is said, so that places mean something; shown only when needed. */
  #orderSql(): RawBuilder<unknown> {
    const { key, table } = this.#model;
    const { order, limit, offset } = this.#question;
    if (order.length === 0 && limit === null && offset === 0) return sql``;
    const terms = [...order, key.name].map((name) => {
      const { column } = fieldNamed(this.#model, name.replace(/^-/, ''));
      return sql`${sql.ref(`${table}.${column}`)}${sql.raw(name.startsWith('-') ? ' DESC' : '')}`;
    });
    return sql`ORDER BY ${sql.join(terms)}`;
  }

  async #read(): Promise<DatabaseObject[]> {
    const { rows } = await this.#select().execute(this.#store.tables());
    const { key } = this.#model;
    const ordered =
      this.#question.order.length > 0
        ? rows
        : rows.toSorted((a, b) => compare(a[key.column], b[key.column]));
    const objects = ordered.map((row) => this.#store.objectOf(this.#model, row));
    for (const name of this.#question.along) await this.#store.fetchAlong(objects, name);
    return objects;
  }

  async #answer(): Promise<Found> {
    const objects = await this.#read();
    const hidden = (value: unknown) => ({ value, enumerable: false });
    return Object.defineProperties(objects, {
      query: { get: () => this.query, enumerable: false },
      count: hidden(() => this.count()),
      exclude: hidden((where: Where) => this.exclude(where)),
      orderBy: hidden((...names: string[]) => this.orderBy(...names)),
      get: hidden((which: Where | number) => this.get(which)),
      first: hidden(() => this.first()),
      filter: hidden((test: Where) =>
        typeof test === 'function' ? Array.prototype.filter.call(objects, test) : this.filter(test),
      ),
      toString: hidden(() => objects.join(', ')),
      [INSPECT]: hidden(() => `<QuerySet [${objects.join(', ')}]>`),
    }) as Found;
  }

  // biome-ignore lint/suspicious/noThenProperty: a question is answered by awaiting it.
  then<T, E>(
    kept: ((found: Found) => T | PromiseLike<T>) | null | undefined,
    broken?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<T | E> {
    return this.#answer().then(kept, broken);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<DatabaseObject> {
    yield* await this.#read();
  }

  [INSPECT](): string {
    return `<QuerySet of ${this.#model.name}: await it to read ${this.query}>`;
  }
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : 1;
}
