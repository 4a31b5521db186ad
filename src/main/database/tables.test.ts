import { expect, test } from 'vitest';
import { parentsFirst } from './tables.ts';

const names = (...all: string[]) => all.map((name) => ({ name }));

test('tables come after those they refer to', () => {
  const references = [
    { child: 'album', parent: 'sequence' },
    { child: 'sequence', parent: 'request' },
  ];
  expect(parentsFirst(names('album', 'request', 'sequence'), references)).toEqual(
    names('request', 'sequence', 'album'),
  );
});

test('a table that refers to itself comes once', () => {
  expect(parentsFirst(names('a'), [{ child: 'a', parent: 'a' }])).toEqual(names('a'));
});
