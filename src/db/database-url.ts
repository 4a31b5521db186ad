import { PyrosError } from '#platform';

/** Where the database is. */
export type DatabaseAddress =
  | { readonly engine: 'sqlite'; readonly file: string }
  | { readonly engine: 'postgres' | 'mariadb'; readonly url: string };

/** Reads a database address. Throws PyrosError `DATABASE_ADDRESS` when it is not one. */
export function parseDatabaseUrl(url: string): DatabaseAddress {
  // Without a name SQLite would take a scratch file, and forget everything.
  if (/^sqlite:./.test(url)) return { engine: 'sqlite', file: url.slice('sqlite:'.length) };
  if (/^postgres(ql)?:\/\//.test(url)) return { engine: 'postgres', url };
  if (/^(mariadb|mysql):\/\//.test(url)) {
    return { engine: 'mariadb', url: url.replace(/^mariadb:/, 'mysql:') };
  }
  throw new PyrosError('DATABASE_ADDRESS', `"${url}" is not the address of a database.`, {
    remedy: 'Write sqlite:FILE, postgres://USER@HOST:PORT/NAME or mariadb://USER@HOST:PORT/NAME.',
  });
}
