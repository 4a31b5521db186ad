import { expect, test } from 'vitest';
import { cycleBreaches } from './cycles.ts';
import { readSourceFile } from './source-file.ts';

/** The circles among files given as path and imports. */
function circles(files: Record<string, string[]>): string[] {
  const sources = Object.entries(files).map(([path, imports]) =>
    readSourceFile(path, imports.map((to) => `import '${to}';`).join('\n')),
  );
  return cycleBreaches(sources, { '#b': './src/b/index.ts' }).map((breach) => breach.what);
}

test('a tree has no circle', () => {
  const files = { 'src/a.ts': ['./b.ts', './c.ts'], 'src/b.ts': ['./c.ts'], 'src/c.ts': [] };
  expect(circles(files)).toEqual([]);
});

test('each file in a circle is told of once, by the shortest way', () => {
  const files = {
    'src/a.ts': ['./b.ts', './c.ts'],
    'src/b.ts': ['./c.ts'],
    'src/c.ts': ['./a.ts'],
  };
  expect(circles(files)).toEqual([
    'src/a.ts → src/c.ts → src/a.ts',
    'src/b.ts → src/c.ts → src/a.ts → src/b.ts',
  ]);
});

test('a file that leads to a circle without being in it is not blamed', () => {
  const files = { 'src/a.ts': ['./b.ts'], 'src/b.ts': ['./c.ts'], 'src/c.ts': ['./b.ts'] };
  expect(circles(files)).toEqual(['src/b.ts → src/c.ts → src/b.ts']);
});

test('a circle through a room’s door is seen', () => {
  const files = { 'src/a/x.ts': ['#b'], 'src/b/index.ts': ['../a/x.ts'] };
  expect(circles(files)).toEqual(['src/a/x.ts → src/b/index.ts → src/a/x.ts']);
});

test('a file that imports itself is a circle', () => {
  expect(circles({ 'src/a.ts': ['./a.ts'] })).toEqual(['src/a.ts → src/a.ts']);
});
