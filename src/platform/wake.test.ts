import { describe, expect, it } from 'vitest';
import { Wake } from './wake.ts';

/** Whether a promise is settled once the microtasks have run. */
async function isSettled(promise: Promise<void>): Promise<boolean> {
  let settled = false;
  void promise.then(() => {
    settled = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

describe('a bell', () => {
  it('rung before the wait does not let it wait', async () => {
    const wake = new Wake();
    wake.ring();
    expect(await isSettled(wake.wait())).toBe(true);
  });

  it('rung many times before the wait wakes once', async () => {
    const wake = new Wake();
    wake.ring();
    wake.ring();
    await wake.wait();
    expect(await isSettled(wake.wait())).toBe(false);
  });

  it('wakes who already waits', async () => {
    const wake = new Wake();
    const waiting = wake.wait();
    expect(await isSettled(waiting)).toBe(false);
    wake.ring();
    expect(await isSettled(waiting)).toBe(true);
  });

  it('does not wake when nobody rings', async () => {
    expect(await isSettled(new Wake().wait())).toBe(false);
  });

  it('or something else ends a wait, and tells which', async () => {
    const wake = new Wake();
    expect(await wake.waitOr(Promise.resolve())).toBe(false);
    const waiting = wake.waitOr(new Promise(() => undefined));
    wake.ring();
    expect(await waiting).toBe(true);
  });

  it('keeps a ring that comes after the something else for the next wait', async () => {
    const wake = new Wake();
    await wake.waitOr(Promise.resolve());
    wake.ring();
    expect(await isSettled(wake.wait())).toBe(true);
  });
});
