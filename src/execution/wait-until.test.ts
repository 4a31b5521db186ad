import { expect, test } from 'vitest';
import { VirtualClock } from '#platform';
import { type Progress, type Waiting, waitUntil } from './wait-until.ts';

/** Waits on a fresh clock; `look` may use it. */
async function wait<T>(
  look: (clock: VirtualClock) => Progress<T>,
  changes: Partial<Waiting<T>> = {},
) {
  const clock = new VirtualClock(0);
  const waiting = { clock, timeoutSeconds: 60, what: 'The dome', ...changes };
  const over = waitUntil({ ...waiting, look: async () => look(clock) }).then(
    (value) => ({ value, seconds: clock.now() / 1000 }),
    (error: Error & { code?: string }) => ({ error, seconds: clock.now() / 1000 }),
  );
  await clock.run(1e9);
  return await over;
}

test('what is done at the first look costs no time', async () => {
  expect(await wait(() => ({ done: true, value: 7 }))).toEqual({ value: 7, seconds: 0 });
});

test('the device’s own guess decides when to look again', async () => {
  let looks = 0;
  const end = await wait((clock) => {
    looks++;
    const left = 30 - clock.now() / 1000;
    return left <= 0 ? { done: true, value: 'open' } : { done: false, remainingSeconds: left };
  });
  expect(end).toEqual({ value: 'open', seconds: 30 });
  expect(looks).toBe(2);
});

test('without a guess it looks every second', async () => {
  let looks = 0;
  const end = await wait(() => (++looks > 5 ? { done: true, value: 0 } : { done: false }));
  expect(end.seconds).toBe(5);
});

test('what takes too long is a time-out that names it', async () => {
  const end = await wait(() => ({ done: false }));
  expect(end).toMatchObject({
    error: { code: 'DEVICE_TIMEOUT', message: 'The dome took longer than expected.' },
  });
});

test('a guess that is wrong by hours does not outlast the time-out for long', async () => {
  const end = await wait(() => ({ done: false, remainingSeconds: 10_000 }));
  expect(end.seconds).toBeLessThanOrEqual(120);
});

test('an abort ends the wait at once with its reason', async () => {
  const stop = new AbortController();
  const end = await wait(
    (clock) => {
      if (clock.now() >= 3000) stop.abort(new Error('rain'));
      return { done: false };
    },
    { signal: stop.signal },
  );
  expect(end).toMatchObject({ error: { message: 'rain' }, seconds: 3 });
});

test('what the look rejects with goes through', async () => {
  const end = await wait(() => {
    throw new Error('no answer');
  });
  expect(end).toMatchObject({ error: { message: 'no answer' } });
});
