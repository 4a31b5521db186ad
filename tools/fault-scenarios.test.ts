import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8');

const upTo = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => `F${first + i}`);
const DEMANDED = [
  ...upTo(1, 27),
  ...upTo(32, 36),
  ...upTo(41, 45),
  ...upTo(53, 57),
  ...upTo(59, 61),
];

interface NamedTest {
  readonly path: string;
  readonly title: string;
}

interface Row {
  readonly number: string;
  readonly behaviour: string;
  readonly tests: readonly NamedTest[];
}

const rows = read('docs/fault-scenarios.md')
  .split('\n')
  .filter((line) => /^\| F\d+ \|/.test(line))
  .map(rowOf);

function rowOf(line: string): Row {
  const [, number = '', , behaviour = '', tests = ''] = line.split('|').map((cell) => cell.trim());
  return { number, behaviour, tests: tests.split('<br>').map(namedTest) };
}

function namedTest(text: string): NamedTest {
  const [, path = '', title = ''] = /^\[\w+\]\(\.\.\/(.+?)\): (.+)$/.exec(text) ?? [];
  return { path, title };
}

/** What stands in a file as the name of a test, or of a group of tests. */
function titlesIn(path: string): string[] {
  const named = /(?:\b(?:test|it|describe)(?:\.\w+)?|\))\(\s*'([^'\n]+)',/g;
  return [...read(path).matchAll(named)].map(([, title = '']) => title);
}

describe('docs/fault-scenarios.md', () => {
  it('has a row for every scenario, and each once', () => {
    const inOrder = rows.map(({ number }) => number).toSorted(byNumber);
    expect(inOrder).toEqual(DEMANDED);
    expect(rows.filter(({ behaviour }) => behaviour === '')).toEqual([]);
  });

  it('names tests that exist', () => {
    const named = rows.flatMap(({ tests }) => tests);
    expect(named.filter(({ path, title }) => !titlesIn(path).includes(title))).toEqual([]);
  });

  it('names for each scenario a test that bears its number', () => {
    const without = rows.filter(({ number, tests }) => {
      return !tests.some(({ title }) => title.startsWith(`${number} `));
    });
    expect(without.map(({ number }) => number)).toEqual([]);
  });

  it('names every test of tests/faults that bears a number', () => {
    const named = rows.flatMap(({ tests }) => tests.map(({ title }) => title));
    const titles = globSync('tests/faults/*.test.ts', { cwd: ROOT }).flatMap(titlesIn);
    const missing = titles.filter((title) => /^F\d/.test(title) && !named.includes(title));
    expect(missing).toEqual([]);
  });
});

function byNumber(a: string, b: string): number {
  return Number(a.slice(1)) - Number(b.slice(1));
}
