import { expect, test } from 'vitest';
import { textTable } from './text-table.ts';

test('columns are as wide as their widest value', () => {
  expect(
    textTable([
      { id: 1, name: 'France' },
      { id: 22, name: null },
    ]).split('\n'),
  ).toEqual(['id  name', '--  ------', '1   France', '22']);
});

test('a value of several lines stays on one', () => {
  expect(textTable([{ text: 'a\nb' }])).toContain('a\\nb');
});
