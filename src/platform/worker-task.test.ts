import { describe, expect, it } from 'vitest';
import { runInWorker } from './worker-task.ts';

const primes = new URL('../agent/examples/count-primes-worker.ts', import.meta.url);
const forever = new AbortController().signal;

describe('work in a thread of its own', () => {
  it('gives its result', async () => {
    expect(await runInWorker(primes, 100, forever)).toBe(25);
  });

  it('leaves the loop of the process free, and ends at once when aborted', async () => {
    const abort = new AbortController();
    const work = runInWorker(primes, 100_000_000, abort.signal);
    let turns = 0;
    for (; turns < 1000; turns++) await new Promise((resolve) => setImmediate(resolve));
    abort.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
    expect(turns).toBe(1000);
  });

  it('begins nothing when it was aborted before', async () => {
    await expect(runInWorker(primes, 100, AbortSignal.abort(new Error('no')))).rejects.toThrow(
      'no',
    );
  });

  it('rejects with what the module throws', async () => {
    const missing = new URL('./no-such-worker.ts', import.meta.url);
    await expect(runInWorker(missing, 1, forever)).rejects.toThrow(/no-such-worker/);
  });
});
