import { describe, expect, it } from 'vitest';
import type { Dome } from '#devices';
import { VirtualClock } from '#platform';
import { NIGHT_MS, passOn } from '#testing';
import { GuardianHand } from './guardian-hand.ts';

/** A connection that notes its orders and answers after so many seconds, or never. */
function connection(clock: VirtualClock, told: string[], name: string) {
  const one = { seconds: 0, isRefusing: false };
  const obey = async () => {
    told.push(`${name} ${(clock.now() - NIGHT_MS) / 1000}`);
    if (one.seconds > 0) await clock.sleep(one.seconds);
    if (one.isRefusing) throw new Error(`${name} refuses`);
  };
  return Object.assign(one, { dome: { close: obey } as unknown as Dome });
}

function bench() {
  const clock = new VirtualClock(NIGHT_MS);
  const told: string[] = [];
  const first = connection(clock, told, 'first');
  const second = connection(clock, told, 'second');
  const hand = new GuardianHand(clock, [first.dome, second.dome]);
  const close = () => hand.order((dome) => dome.close());
  return { clock, told, first, second, close, pass: (s: number) => passOn(clock, s) };
}

describe('an order to the dome', () => {
  it('goes over one connection while that answers', async () => {
    const { close, told } = bench();
    await close();
    await close();
    expect(told).toEqual(['first 0', 'first 0']);
  });

  it('goes over the other one when the first is silent, and does not wait behind it', async () => {
    const { close, first, told, pass } = bench();
    first.seconds = 10;
    const order = close();
    await pass(2);
    await order;
    await close();
    expect(told).toEqual(['first 0', 'second 1.5', 'second 2']);
  });

  it('goes over the other one at once when the first refuses', async () => {
    const { close, first, told } = bench();
    first.isRefusing = true;
    await close();
    expect(told).toEqual(['first 0', 'second 0']);
  });

  it('is never sent late: it is given up while every connection waits for an answer', async () => {
    const { close, first, second, told, pass } = bench();
    first.seconds = 10;
    second.seconds = 10;
    const order = close().catch((error) => error.code);
    await pass(4);
    expect(await order).toBe('DEVICE_UNREACHABLE');
    await expect(close()).rejects.toMatchObject({ code: 'DEVICE_UNREACHABLE' });
    await pass(60);
    expect(told).toEqual(['first 0', 'second 1.5']);
    first.seconds = 0;
    await close();
    expect(told).toHaveLength(3);
  });

  it('fails as the last connection did', async () => {
    const { close, first, second } = bench();
    first.isRefusing = true;
    second.isRefusing = true;
    await expect(close()).rejects.toThrow('second refuses');
  });
});
