import type { Compilable, CompiledQuery, Kysely, QueryResult } from 'kysely';

/** The database, or a transaction in progress. */
export interface Asker {
  tables<T>(): Kysely<T>;
}

export type Values = Readonly<Record<string, unknown>>;

/** Stands for a value while its query is built. */
class Place {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A query that is asked several times a second: it is built and compiled once for each engine, then only
 * its values change. `build` may use them as single values only, not in lists nor to decide anything;
 * one that is undefined is left out.
 */
export function askedOften<const Given extends Values, R extends Asker, Row>(
  build: (reader: R, values: Given) => Compilable<Row>,
): (reader: R, values: Given) => Promise<QueryResult<Row>> {
  const compiled = new WeakMap<object, Map<string, CompiledQuery<Row>>>();
  return async (reader, values) => {
    const tables = reader.tables<unknown>();
    // Each engine has its own; it outlives the transactions.
    const { adapter } = tables.getExecutor();
    const known = compiled.get(adapter) ?? new Map<string, CompiledQuery<Row>>();
    compiled.set(adapter, known);
    const names = Object.keys(values).filter((name) => values[name] !== undefined);
    const shape = names.join();
    const query = known.get(shape) ?? build(reader, placesOf(names) as Given).compile();
    known.set(shape, query);
    const parameters = query.parameters.map((one) =>
      one instanceof Place ? values[one.name] : one,
    );
    return await tables.executeQuery({ ...query, parameters });
  };
}

function placesOf(names: readonly string[]): Values {
  return Object.fromEntries(names.map((name) => [name, new Place(name)]));
}
