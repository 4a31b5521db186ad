import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from './virtual-clock.ts';

describe('virtual time', () => {
  it('jumps to the next timer and no further', async () => {
    const clock = new VirtualClock(1000);
    const woken: number[] = [];
    void clock.sleep(3600).then(() => woken.push(clock.now()));
    expect(await clock.run(10_000_000)).toBe(false);
    expect(woken).toEqual([3_601_000]);
    expect(clock.now()).toBe(3_601_000);
  });

  it('wakes sleepers in the order of their instants, then of their asking', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20), { maxLength: 60 }), async (delays) => {
        const clock = new VirtualClock(0);
        const woken: { index: number; atMs: number }[] = [];
        delays.forEach((seconds, index) => {
          void clock.sleep(seconds).then(() => woken.push({ index, atMs: clock.now() }));
        });
        await clock.run(1_000_000);
        const expected = delays
          .map((seconds, index) => ({ index, atMs: seconds * 1000 }))
          .toSorted((a, b) => a.atMs - b.atMs || a.index - b.index);
        expect(woken).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('never runs backwards while tasks ask for new sleeps', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.nat(9), { maxLength: 6 })), async (tasks) => {
        const clock = new VirtualClock(0);
        const seen: number[] = [];
        for (const naps of tasks) {
          void (async () => {
            for (const seconds of naps) {
              const before = clock.now();
              await clock.sleep(seconds);
              expect(clock.now()).toBe(before + seconds * 1000);
              seen.push(clock.now());
            }
          })();
        }
        await clock.run(1_000_000);
        expect(seen).toHaveLength(tasks.flat().length);
        expect(seen).toEqual(seen.toSorted((a, b) => a - b));
      }),
      { numRuns: 40 },
    );
  });

  it('stops before a timer that is later than asked', async () => {
    const clock = new VirtualClock(0);
    let woken = false;
    void clock.sleep(11).then(() => {
      woken = true;
    });
    await clock.run(10_000);
    expect(woken).toBe(false);
    await clock.run(11_000);
    expect(woken).toBe(true);
  });

  it('stops as soon as it is done', async () => {
    const clock = new VirtualClock(0);
    let count = 0;
    void (async () => {
      for (;;) {
        await clock.sleep(1);
        count++;
      }
    })();
    expect(await clock.run(1_000_000, () => count === 5)).toBe(true);
    expect(clock.now()).toBe(5000);
  });

  it('rejects a sleep with the reason of its signal', async () => {
    const clock = new VirtualClock(0);
    const abort = new AbortController();
    const sleeping = clock.sleep(100, abort.signal);
    abort.abort(new Error('enough'));
    await expect(sleeping).rejects.toThrow('enough');
    await expect(clock.sleep(1, abort.signal)).rejects.toThrow('enough');
  });

  it('does not stop at a timer that was aborted', async () => {
    const clock = new VirtualClock(0);
    const abort = new AbortController();
    const sleeping = clock.sleep(100, abort.signal).catch(() => undefined);
    abort.abort();
    await sleeping;
    await clock.run(1_000_000);
    expect(clock.now()).toBe(0);
  });

  it('treats a sleep of less than nothing as none', async () => {
    const clock = new VirtualClock(5000);
    const sleeping = clock.sleep(-3);
    await clock.run(5000);
    await expect(sleeping).resolves.toBeUndefined();
    expect(clock.now()).toBe(5000);
  });

  it('lasts exactly as long as asked: nothing is added for the computer', () => {
    const clock = new VirtualClock(0);
    expect([clock.rate(), clock.allow(7), clock.period(0.01)]).toEqual([1, 7, 0.01]);
  });
});
