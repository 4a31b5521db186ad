import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { realDisk, storeImageFile, storeOn } from './image-file-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pyros-image-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const BYTES = new Uint8Array(5760).map((_, i) => i % 251);

test('the file holds the bytes, and the answer their number and checksum', () => {
  const stored = storeImageFile(folder, 'nights/n/a.fits', BYTES);
  const sha256 = createHash('sha256').update(BYTES).digest('hex');
  expect(stored).toEqual({ path: 'nights/n/a.fits', sha256, bytes: 5760 });
  expect(new Uint8Array(readFileSync(join(folder, stored.path)))).toEqual(BYTES);
});

test('nothing is left under the temporary name', () => {
  storeImageFile(folder, 'a.fits', BYTES);
  expect(readdirSync(folder)).toEqual(['a.fits']);
});

test('the same image again is the same file', () => {
  storeImageFile(folder, 'a.fits', BYTES);
  expect(storeImageFile(folder, 'a.fits', BYTES).path).toBe('a.fits');
  expect(readdirSync(folder)).toEqual(['a.fits']);
});

test('another image never overwrites it: it takes the next name (F27)', () => {
  storeImageFile(folder, 'a.fits', BYTES);
  const other = storeImageFile(folder, 'a.fits', BYTES.subarray(0, 2880));
  expect(other.path).toBe('a_2.fits');
  expect(readFileSync(join(folder, 'a.fits'))).toHaveLength(5760);
  expect(readFileSync(join(folder, 'a_2.fits'))).toHaveLength(2880);
});

test('a disk that gives back other bytes is found out, and nothing has the name', () => {
  const disk = { ...realDisk, read: (path: string) => realDisk.read(path).slice(0, 100) };
  expect(() => storeOn(disk, { dataFolder: folder, path: 'a.fits' }, BYTES)).toThrow(
    'did not keep',
  );
  expect(existsSync(join(folder, 'a.fits'))).toBe(false);
});

test('a writing that fails leaves nothing under the name', () => {
  mkdirSync(join(folder, 'a.fits.part'));
  expect(() => storeImageFile(folder, 'a.fits', BYTES)).toThrow();
  expect(existsSync(join(folder, 'a.fits'))).toBe(false);
});
