import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { VirtualClock } from '#platform';
import { NIGHT_MS, tempFolder } from '#testing';
import { fileLogger } from './file-logger.ts';

test('a line is on disk when it was logged, in observatory time', () => {
  const folder = tempFolder();
  fileLogger(folder, 'Guardian', new VirtualClock(NIGHT_MS)).warn('closing', { by: 1 });
  const line = JSON.parse(readFileSync(join(folder, 'logs', 'Guardian.log'), 'utf8'));
  expect(line).toMatchObject({ msg: 'closing', by: 1, time: new Date(NIGHT_MS).toISOString() });
});

test.runIf(existsSync('/dev/full'))('a full disk costs lines and nothing else (F28)', () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'logs'));
  symlinkSync('/dev/full', join(folder, 'logs', 'Guardian.log'));
  const log = fileLogger(folder, 'Guardian', new VirtualClock(NIGHT_MS));
  for (let i = 0; i < 5000; i++) expect(() => log.error('x'.repeat(1000))).not.toThrow();
});
