import { expect, test } from 'vitest';
import { judgeOrphan } from './orphan-verdict.ts';

const whole = { name: 'a.fits', exposureId: '1-1-1-1' };

test.each([
  ['a writing that was cut off', { name: 'a.fits.part', exposureId: null }, null],
  ['a damaged file', { name: 'a.fits', exposureId: null }, null],
  ['a file of no exposure', whole, null],
  ['a second file', whole, { state: 'TAKEN', path: 'b.fits' }],
  ['the file of a try that failed', whole, { state: 'FAILED', path: '' }],
])('%s is put aside', (_, orphan, row) => {
  expect(judgeOrphan(orphan, row).kind).toBe('quarantine');
});

test('a whole file whose exposure has no end yet is taken', () => {
  expect(judgeOrphan(whole, { state: 'EXPOSING', path: '' })).toEqual({ kind: 'taken' });
});

test('a whole file whose exposure was ended before its time is kept with it', () => {
  expect(judgeOrphan(whole, { state: 'ABORTED', path: '' })).toEqual({ kind: 'kept' });
});
