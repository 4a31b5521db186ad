/** SQL with its values in their places, for people to read. */
export function shownSql(text: string, values: readonly unknown[]): string {
  let next = 0;
  // Whatever the engine, a name needs no quotes here, and a value is `?` or `$1`.
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/["`](\w+)["`]/g, '$1')
    .replace(/\?|\$\d+/g, () => literal(values[next++]));
}

function literal(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return value === null || value === undefined
    ? 'NULL'
    : `'${String(value).replaceAll("'", "''")}'`;
}
