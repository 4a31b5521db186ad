import { expect, test } from 'vitest';
import { splitStatements } from './split-statements.ts';

test('statements end at semicolons', () => {
  expect(splitStatements('select 1; select 2;')).toEqual({
    statements: ['select 1', 'select 2'],
    rest: '',
  });
});

test('what has no semicolon yet waits', () => {
  expect(splitStatements('select 1;\nselect')).toEqual({
    statements: ['select 1'],
    rest: '\nselect',
  });
});

test.each([`select 'a;b'`, `select 'it''s;'`, 'select ";"', 'select `;`'])(
  'a semicolon in quotes ends nothing: %s',
  (text) => {
    expect(splitStatements(`${text};`).statements).toEqual([text]);
  },
);

test.each(['-- one; two\nselect 1;', '/* one; two */ select 1;'])(
  'a comment is left out: %s',
  (text) => {
    expect(splitStatements(text).statements).toEqual(['select 1']);
  },
);

test('text in quotes that are still open waits', () => {
  expect(splitStatements("select 'a; ").statements).toEqual([]);
});

test('empty statements are nothing', () => {
  expect(splitStatements(' ; ;; ')).toEqual({ statements: [], rest: '' });
});
