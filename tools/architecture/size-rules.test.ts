import { expect, test } from 'vitest';
import { breachText } from './breach.ts';
import { sizeBreaches } from './size-rules.ts';
import { readSourceFile } from './source-file.ts';

const told = (path: string, text: string): string[] =>
  sizeBreaches(readSourceFile(path, text)).map(breachText);

const functionOf = (lines: number): string => `function long() {${'\n'.repeat(lines - 1)}}\n`;

test('a file of 400 lines passes, one of 401 does not', () => {
  expect(told('src/a.ts', '//\n'.repeat(400))).toEqual([]);
  expect(told('src/a.ts', '//\n'.repeat(401))).toEqual([
    'src/a.ts:401 size: the file has 401 lines, 400 at most; split it by what it is about.',
  ]);
});

test('a function of 40 lines passes, one of 41 does not', () => {
  expect(told('src/a.ts', functionOf(40))).toEqual([]);
  expect(told('src/a.ts', functionOf(41))).toEqual([
    'src/a.ts:1 size: long has 41 lines, 40 at most; give its steps names.',
  ]);
});

test('three parameters pass, four do not', () => {
  expect(told('src/a.ts', 'const f = (a, b, c) => a;')).toEqual([]);
  expect(told('src/a.ts', 'const f = (a, b, c, d) => a;')).toEqual([
    'src/a.ts:1 size: f takes 4 parameters, 3 at most; pass one named object.',
  ]);
});

test('the functions of tests and contracts have any size, their files do not', () => {
  const large = `${functionOf(41)}const f = (a, b, c, d) => a;\n`;
  expect(told('src/a.test.ts', large)).toEqual([]);
  expect(told('src/dome-contract.ts', large)).toEqual([]);
  expect(told('src/a.test.ts', '//\n'.repeat(401))).toHaveLength(1);
});

test('migrations are written by a program, so of any size', () => {
  expect(told('src/db/migrations/a.ts', functionOf(500))).toEqual([]);
});
