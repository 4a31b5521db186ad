import { expect, test } from 'vitest';
import { VirtualClock } from '#platform';
import { smallUnit, someRequest, tempDatabase } from '#testing';
import { readInterrupts, readObserver } from './asker-store.ts';
import { countFailure, readFailures } from './failure-store.ts';
import { insertRequest } from './request-store.ts';

const world = { unit: smallUnit(), clock: new VirtualClock(Date.UTC(2026, 9, 12, 22)) };

async function submitted(changes: { interrupts?: 'discard' | 'readout' } = {}) {
  const database = await tempDatabase();
  const request = { ...someRequest(world), ...changes };
  const { sequenceIds } = await database.transaction((work) => {
    return insertRequest(work, request, 'vera');
  });
  return { database, id: sequenceIds[0] ?? 0 };
}

test('a request that does not say so discards what it interrupts', async () => {
  const { database, id } = await submitted();
  expect(await readInterrupts(database, id)).toBe('discard');
});

test('a request may keep what it interrupts', async () => {
  const { database, id } = await submitted({ interrupts: 'readout' });
  expect(await readInterrupts(database, id)).toBe('readout');
});

test('who asked for a sequence is known, until it is deleted', async () => {
  const { database, id } = await submitted();
  expect(await readObserver(database, id)).toBe('vera');
  expect(await readObserver(database, id + 1)).toBeNull();
});

test('failures are counted one by one', async () => {
  const { database, id } = await submitted();
  expect(await readFailures(database, id)).toBe(0);
  await database.transaction((work) => countFailure(work, id));
  expect(await database.transaction((work) => countFailure(work, id))).toBe(2);
});
