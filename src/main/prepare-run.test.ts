import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { latestFacts } from '#agent';
import { allSequences } from '#request';
import { tempFolder } from '#testing';
import { prepareDatabase, setAsidePreviousRun } from './prepare-run.ts';
import { loadUnit } from './run-settings.ts';

function leaveRun(folder: string, mark: string): void {
  writeFileSync(join(folder, 'pyros.sqlite'), mark);
  mkdirSync(join(folder, 'nights', 'n'), { recursive: true });
  writeFileSync(join(folder, 'nights', 'n', 'a.fits'), mark);
}

test('a first run has nothing to set aside', () => {
  const folder = tempFolder();
  setAsidePreviousRun(folder);
  expect(readdirSync(folder)).toEqual([]);
});

test('a run is set aside whole, images and all', () => {
  const folder = tempFolder();
  leaveRun(folder, 'one');
  setAsidePreviousRun(folder);
  expect(existsSync(join(folder, 'pyros.sqlite'))).toBe(false);
  const image = join(folder, 'previous', '1', 'nights', 'n', 'a.fits');
  expect(readFileSync(image, 'utf8')).toBe('one');
});

test('what is not of a run stays', () => {
  const folder = tempFolder();
  leaveRun(folder, 'one');
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  setAsidePreviousRun(folder);
  expect(readdirSync(folder).sort()).toEqual(['notes.txt', 'previous']);
});

test('the last three runs are kept, the newest with the highest number', () => {
  const folder = tempFolder();
  for (let i = 1; i <= 5; i++) {
    leaveRun(folder, `run ${i}`);
    setAsidePreviousRun(folder);
  }
  const kept = readdirSync(join(folder, 'previous')).sort();
  expect(kept).toEqual(['3', '4', '5']);
  expect(readFileSync(join(folder, 'previous', '5', 'pyros.sqlite'), 'utf8')).toBe('run 5');
});

test('a prepared database holds the requests that can be read, and says what was refused', async () => {
  const nowMs = Date.UTC(2014, 3, 23, 18);
  const database = await prepareDatabase(`sqlite:${join(tempFolder(), 'pyros.sqlite')}`, {
    unit: loadUnit('simulated'),
    startMs: nowMs,
    targetsAtMs: nowMs,
    alone: true,
  });
  const sequences = await allSequences(database);
  const facts = await latestFacts(database, 100);
  await database.close();
  expect(sequences.length).toBeGreaterThan(10);
  expect(sequences.every((sequence) => sequence.status === 'TOBEPLANNED')).toBe(true);
  const submitted = facts.filter((fact) => fact.type === 'RequestSubmitted');
  const told = submitted.flatMap((fact) => fact.payload.sequences);
  expect(told.sort((a, b) => a - b)).toEqual(sequences.map((sequence) => sequence.id));
});
