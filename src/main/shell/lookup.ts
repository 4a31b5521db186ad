import { type RawBuilder, sql } from 'kysely';
import type { Database } from '#db';
import { nearestName, PyrosError } from '#platform';
import { Condition, type Where } from './condition.ts';
import { fieldNamed, type Stored, storedValue } from './field-value.ts';
import type { FieldSpec, ModelSpec } from './model-spec.ts';

type Sql = RawBuilder<unknown>;

/** What a condition is translated with. */
export interface Translation {
  readonly engine: Database['engine'];
  readonly model: ModelSpec;
  /** The model of a name, for conditions on what an object refers to. */
  readonly modelOf: (name: string) => ModelSpec;
  /** The key of an object typed as a value; undefined for anything else. */
  readonly keyOf: (value: unknown) => Stored | undefined;
}

/** A condition as SQL. Throws PyrosError `FIELD_UNKNOWN`, `FIELD_VALUE` or `LOOKUP_UNKNOWN`. */
export function conditionSql(condition: Condition, translation: Translation): Sql {
  const parts = condition.parts.map((part) =>
    part instanceof Condition
      ? conditionSql(part, translation)
      : fieldsSql(part as Where, translation),
  );
  if (condition.kind === 'not') return sql`NOT (${parts[0] ?? sql`1 = 1`})`;
  return joined(parts, condition.kind === 'or' ? sql` OR ` : sql` AND `);
}

function fieldsSql(where: Where, translation: Translation): Sql {
  return joined(
    Object.entries(where).map(([path, value]) => pathSql(path.split('__'), value, translation)),
    sql` AND `,
  );
}

function joined(parts: readonly Sql[], word: Sql): Sql {
  if (parts.length === 0) return sql`1 = 1`;
  if (parts.length === 1 && parts[0]) return parts[0];
  return sql`(${sql.join(parts, word)})`;
}

function pathSql(path: readonly string[], value: unknown, translation: Translation): Sql {
  const [name = '', next, ...rest] = path;
  const { model, modelOf } = translation;
  const field = fieldNamed(model, name);
  if (field.kind === 'reference' && next !== undefined && !(next in LOOKUPS)) {
    const target = modelOf(field.target);
    const inner = pathSql([next, ...rest], value, { ...translation, model: target });
    const key = sql.ref(target.key.column);
    return sql`${columnOf(model, field)} IN (SELECT ${key} FROM ${sql.table(target.table)} WHERE ${inner})`;
  }
  const lookup = LOOKUPS[next ?? 'exact'];
  if (!lookup || rest.length > 0) throw unknownLookup(path);
  const check = (one: unknown) => storedValue(model, field, translation.keyOf(one) ?? one);
  return lookup({ column: columnOf(model, field), engine: translation.engine, check }, value);
}

function columnOf(model: ModelSpec, field: FieldSpec): Sql {
  return sql.ref(`${model.table}.${field.column}`);
}

interface Subject {
  readonly column: Sql;
  readonly engine: Database['engine'];
  /** Checks a value and gives it as it is stored. */
  readonly check: (value: unknown) => Stored;
}

type Lookup = (subject: Subject, value: unknown) => Sql;

const compare =
  (operator: '>' | '>=' | '<' | '<='): Lookup =>
  ({ column, check }, value) =>
    sql`${column} ${sql.raw(operator)} ${check(value)}`;

/** Letter case aside; `%` and `_` stand for themselves. */
const like =
  (before: string, after: string): Lookup =>
  ({ column }, value) => {
    const literal = String(value).toLowerCase().replace(/[!%_]/g, '!$&');
    return sql`lower(${column}) LIKE ${`${before}${literal}${after}`} ESCAPE '!'`;
  };

/** Instants are text, the greater units first. */
const piece =
  (from: number, length: number): Lookup =>
  ({ column }, value) => {
    const text = String(value).padStart(length, '0');
    return sql`substr(${column}, ${sql.lit(from)}, ${sql.lit(length)}) = ${text}`;
  };

const LOOKUPS: Readonly<Record<string, Lookup>> = {
  exact: ({ column, check }, value) => {
    const stored = check(value);
    return stored === null ? sql`${column} IS NULL` : sql`${column} = ${stored}`;
  },
  iexact: like('', ''),
  contains: ({ column, engine }, value) =>
    sql`${sql.raw(engine === 'postgres' ? 'strpos' : 'instr')}(${column}, ${String(value)}) > 0`,
  icontains: like('%', '%'),
  startswith: ({ column }, value) =>
    sql`substr(${column}, 1, ${sql.lit(String(value).length)}) = ${String(value)}`,
  istartswith: like('', '%'),
  endswith: ({ column, engine }, value) => {
    const length = sql.lit(String(value).length);
    if (engine !== 'sqlite') return sql`right(${column}, ${length}) = ${String(value)}`;
    return sql`substr(${column}, -${length}) = ${String(value)}`;
  },
  iendswith: like('%', ''),
  gt: compare('>'),
  gte: compare('>='),
  lt: compare('<'),
  lte: compare('<='),
  in: ({ column, check }, value) => {
    const values = listOf(value).map(check);
    return values.length === 0 ? sql`1 = 0` : sql`${column} IN (${sql.join(values)})`;
  },
  range: ({ column, check }, value) => {
    const [low, high] = listOf(value).map(check);
    return sql`${column} BETWEEN ${low} AND ${high}`;
  },
  isnull: ({ column }, value) => (value ? sql`${column} IS NULL` : sql`${column} IS NOT NULL`),
  year: piece(1, 4),
  month: piece(6, 2),
  day: piece(9, 2),
  date: piece(1, 10),
};

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new PyrosError('FIELD_VALUE', `"in" and "range" take a list such as [1, 2], not ${value}.`);
}

function unknownLookup(path: readonly string[]): PyrosError {
  const names = Object.keys(LOOKUPS);
  const near = nearestName(path.at(-1) ?? '', names);
  return new PyrosError(
    'LOOKUP_UNKNOWN',
    `"${path.join('__')}" asks what the shell does not know.`,
    {
      remedy: near ? `Did you mean "__${near}"?` : `After "__" comes one of ${names.join(', ')}.`,
    },
  );
}
