import { expect, test } from 'vitest';
import { Batch } from './batch.ts';

/** A batch whose work ends when the test says so, and what was asked of it. */
function watchedBatch(most = 10) {
  const batches: (readonly number[])[] = [];
  let finish = () => {};
  const batch = new Batch<number, number>(most, async (items) => {
    batches.push(items);
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    if (items.includes(13)) throw new RangeError('unlucky');
    return items.map((item) => item * 2);
  });
  return { batch, batches, finish: () => finish() };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test('what is asked at the same moment is done together, each with its own result', async () => {
  const { batch, batches, finish } = watchedBatch();
  const results = Promise.all([batch.do(1), batch.do(2)]);
  await settle();
  finish();
  expect(await results).toEqual([2, 4]);
  expect(batches).toEqual([[1, 2]]);
});

test('what is asked while a batch is under way waits for the next one', async () => {
  const { batch, batches, finish } = watchedBatch();
  const first = batch.do(1);
  await settle();
  const others = Promise.all([batch.do(2), batch.do(3)]);
  await settle();
  expect(batches).toEqual([[1]]);
  finish();
  await first;
  await settle();
  finish();
  expect(await others).toEqual([4, 6]);
  expect(batches).toEqual([[1], [2, 3]]);
});

test('a batch is never larger than it may be', async () => {
  const { batch, batches, finish } = watchedBatch(2);
  const results = Promise.all([batch.do(1), batch.do(2), batch.do(3)]);
  await settle();
  finish();
  await settle();
  finish();
  await results;
  expect(batches).toEqual([[1, 2], [3]]);
});

test('a batch that fails fails all that are in it, and none after it', async () => {
  const { batch, finish } = watchedBatch();
  const unlucky = Promise.allSettled([batch.do(12), batch.do(13)]);
  await settle();
  finish();
  expect((await unlucky).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const next = batch.do(14);
  await settle();
  finish();
  expect(await next).toBe(28);
});
