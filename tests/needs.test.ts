import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { needs } from './needs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pyros-needs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a program in PATH is available, and no note is left', () => {
  const program = join(folder, 'fitsverify');
  writeFileSync(program, '');
  chmodSync(program, 0o755);
  const need = needs('fitsverify', { path: `/nowhere:${folder}`, notes: join(folder, 'notes') });
  expect(need).toMatchObject({ available: true, path: program });
  expect(existsSync(join(folder, 'notes'))).toBe(false);
});

test('a file that cannot be run is no program', () => {
  writeFileSync(join(folder, 'fitsverify'), '');
  expect(needs('fitsverify', { path: folder, notes: folder }).available).toBe(false);
});

test('a missing program says how to install it, and leaves a note for the summary', () => {
  const need = needs('indiserver', { path: '/nowhere', notes: join(folder, 'notes') });
  expect(need).toEqual({ available: false, path: '', install: 'apt-get install -y indi-bin' });
  expect(readFileSync(join(folder, 'notes', 'indiserver'), 'utf8')).toBe('indi-bin');
});
