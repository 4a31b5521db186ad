import { expect, test } from 'vitest';
import { readSourceFile } from './source-file.ts';

test('every kind of function is measured, with its name', () => {
  const text = `function one(a: number, b = 2, ...rest: number[]) {
  return a;
}
const two = (a: string) =>
  a;
class Three {
  constructor(readonly x: number) {}
  four(this: Three, { a, b }: Pair) {
    return a;
  }
  five = () => 5;
}
const six = { seven() { return 7; } };
export default () => 8;
`;
  const spans = readSourceFile('a.ts', text).functions;
  expect(spans.map(({ name, line, lines, parameters }) => [name, line, lines, parameters])).toEqual(
    [
      ['one', 1, 3, 3],
      ['two', 4, 2, 1],
      ['constructor', 7, 1, 1],
      ['four', 8, 3, 1],
      ['five', 11, 1, 0],
      ['seven', 13, 1, 0],
      ['a function', 14, 1, 0],
    ],
  );
});

test('signatures without a body are not measured', () => {
  const text = `declare function one(a: 1, b: 2, c: 3, d: 4): void;
abstract class A { abstract two(a: 1, b: 2, c: 3, d: 4): void; }
interface B { three(a: 1, b: 2, c: 3, d: 4): void }
function four(a: string): string;
function four(a: unknown): unknown { return a; }
`;
  expect(readSourceFile('a.ts', text).functions.map((span) => span.name)).toEqual(['four']);
});

test.each([
  ['', 1],
  ['a;', 1],
  ['a;\n', 1],
  ['a;\nb;', 2],
  ['a;\n\n\n', 3],
])('the text %j has %i lines', (text, lines) => {
  expect(readSourceFile('a.ts', text).lines).toBe(lines);
});

test('a page with tags is read too', () => {
  const file = readSourceFile(
    'a.tsx',
    "import { A } from './a.tsx';\nexport const B = () => <A />;\n",
  );
  expect(file).toMatchObject({ imports: [{ specifier: './a.tsx' }], functions: [{ name: 'B' }] });
});

test('a file that is no TypeScript says why', () => {
  expect(readSourceFile('a.ts', 'const = 1').syntaxError).toMatch(/\w+/);
});
