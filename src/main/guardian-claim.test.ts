import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import type { Survey } from '#agent';
import { codeOf, VirtualClock } from '#platform';
import { NIGHT_MS } from '#testing';
import { claimGuardian } from './guardian-claim.ts';

const WORD: Survey = {
  name: 'Guardian',
  ...{ mode: 'ACTIVE', status: 'GUARDING', pid: 4711, host: 'elsewhere' },
  ...{ incarnation: 0, iteration: 0, atMs: NIGHT_MS, validitySeconds: 60 },
};

/** Whether a guardian may begin, and after how many seconds. */
async function claim(word: (nowMs: number) => Survey | null, standby = false, seconds = 100) {
  const clock = new VirtualClock(NIGHT_MS);
  let outcome = 'waits';
  let endedMs = Number.NaN;
  const end = (what: string) => {
    outcome = what;
    endedMs = clock.now();
  };
  const lastWord = async () => word(clock.now());
  void claimGuardian({ name: 'Guardian', pid: process.pid, clock, standby, lastWord }).then(
    () => end('begins'),
    (error: unknown) => end(codeOf(error)),
  );
  await clock.run(NIGHT_MS + seconds * 1000);
  return { outcome, afterSeconds: (endedMs - NIGHT_MS) / 1000 };
}

const living = (nowMs: number) => ({ ...WORD, atMs: nowMs });

test.each([
  ['nobody was there before', () => null],
  ['the last one ended', () => ({ ...WORD, status: 'STOPPED' })],
  ['the last word is old', () => ({ ...WORD, atMs: NIGHT_MS - 61_000 })],
  ['its process on this computer died', () => ({ ...WORD, host: hostname(), pid: 2 ** 30 })],
  [
    'the database does not tell',
    () => {
      throw new Error('away');
    },
  ],
])('a guardian begins at once when %s', async (_why, word) => {
  expect(await claim(word)).toEqual({ outcome: 'begins', afterSeconds: 0 });
});

test('a guardian begins when the other one stays silent', async () => {
  const { outcome, afterSeconds } = await claim(() => WORD);
  expect(outcome).toBe('begins');
  expect(afterSeconds).toBeLessThanOrEqual(17);
});

test('a guardian that hears another one speak gives up', async () => {
  expect(await claim(living)).toMatchObject({ outcome: 'AGENT_NAME_TAKEN' });
});

test('one that stands by waits until the other one is silent', async () => {
  const dying = (nowMs: number) => living(Math.min(nowMs, NIGHT_MS + 300_000));
  expect(await claim(dying, true, 290)).toMatchObject({ outcome: 'waits' });
  expect(await claim(dying, true, 400)).toMatchObject({ outcome: 'begins' });
});
