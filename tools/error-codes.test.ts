import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The product: neither tests nor contracts, which name codes without raising them. */
const sources = globSync('src/**/*.{ts,tsx}', { cwd: ROOT })
  .filter((path) => !/\.test\.tsx?$|-contract\.ts$/.test(path))
  .map((path) => readFileSync(`${ROOT}${path}`, 'utf8'));
const documented = codesIn([readFileSync(`${ROOT}docs/errors.md`, 'utf8')], /^\| `([A-Z_]+)` \|/gm);
const raised = codesIn(sources, /new PyrosError\(\s*'([A-Z_]+)'/g);
/** Also codes that reach the constructor, or a command's row, by another way. */
const written = codesIn(sources, /'([A-Z_]+)'/g);

function codesIn(texts: readonly string[], pattern: RegExp): string[] {
  return texts.flatMap((text) => [...text.matchAll(pattern)].map(([, code = '']) => code));
}

describe('docs/errors.md', () => {
  it('explains every code that the product raises', () => {
    expect(raised.length).toBeGreaterThan(40);
    expect(raised.filter((code) => !documented.includes(code))).toEqual([]);
  });

  it('explains no code that the product does not know', () => {
    expect(documented.filter((code) => !written.includes(code))).toEqual([]);
  });

  it('explains each code once', () => {
    expect(documented).toEqual([...new Set(documented)]);
  });
});
