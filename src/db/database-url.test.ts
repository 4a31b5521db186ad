import { describe, expect, it } from 'vitest';
import { parseDatabaseUrl } from './database-url.ts';

describe('the address of a database', () => {
  it.each([
    ['sqlite:data/pyros.sqlite', { engine: 'sqlite', file: 'data/pyros.sqlite' }],
    ['sqlite::memory:', { engine: 'sqlite', file: ':memory:' }],
    ['postgres://u@h:5432/p', { engine: 'postgres', url: 'postgres://u@h:5432/p' }],
    ['postgresql://u@h/p', { engine: 'postgres', url: 'postgresql://u@h/p' }],
    ['mariadb://u@h:3306/p', { engine: 'mariadb', url: 'mysql://u@h:3306/p' }],
    ['mysql://u@h/p', { engine: 'mariadb', url: 'mysql://u@h/p' }],
  ])('%s is understood', (url, expected) => {
    expect(parseDatabaseUrl(url)).toEqual(expected);
  });

  it.each(['', 'sqlite:', 'pyros.sqlite', 'oracle://u@h/p', 'postgres:u@h'])(
    '"%s" is refused with how to write one',
    (url) => {
      expect(() => parseDatabaseUrl(url)).toThrowError(
        expect.objectContaining({
          code: 'DATABASE_ADDRESS',
          remedy: expect.stringContaining('sqlite:FILE'),
        }),
      );
    },
  );
});
