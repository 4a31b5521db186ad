import { describe, expect, it } from 'vitest';
import type { Clock } from '#platform';
import { GuardianWakefulness } from './guardian-wakefulness.ts';

/** A clock whose two faces a test sets by hand. */
function bench() {
  const time = { wallMs: 1_000_000, monoMs: 0 };
  const clock: Clock = {
    now: () => time.wallMs,
    monotonic: () => time.monoMs,
    rate: () => 1,
    allow: (seconds) => seconds,
    period: (seconds) => seconds,
    sleep: async () => undefined,
  };
  const wakefulness = new GuardianWakefulness(clock, () => 2);
  const turnAfter = (seconds: number, wallSeconds = seconds) => {
    time.monoMs += seconds * 1000;
    time.wallMs += wallSeconds * 1000;
    return wakefulness.turn();
  };
  return { wakefulness, turnAfter };
}

describe('a guardian that comes to its turns', () => {
  it('was not interrupted', () => {
    const { turnAfter, wakefulness } = bench();
    for (let turn = 0; turn < 100; turn++) expect(turnAfter(2.3)).toBeNull();
    expect(wakefulness.awakeSinceMs).toBe(0);
  });

  it('follows a clock that is slowly corrected', () => {
    const { turnAfter } = bench();
    for (let turn = 0; turn < 100; turn++) expect(turnAfter(2, 2.5)).toBeNull();
  });
});

describe('a guardian that was stopped', () => {
  it('knows for how long, and since when it is awake again (F36)', () => {
    const { turnAfter, wakefulness } = bench();
    expect(turnAfter(62)).toEqual({ heldUpSeconds: 60, jumpSeconds: 0 });
    expect(wakefulness.awakeSinceMs).toBe(62_000);
    expect(turnAfter(2)).toBeNull();
  });
});

describe('a wall clock that is set', () => {
  it.each([3600, -3600, 262, -262])('by %d s is noticed once (F41)', (jump) => {
    const { turnAfter, wakefulness } = bench();
    expect(turnAfter(2, 2 + jump)).toEqual({ heldUpSeconds: 0, jumpSeconds: jump });
    expect(wakefulness.awakeSinceMs).toBe(2000);
    expect(turnAfter(2)).toBeNull();
  });

  it('shows a computer that slept, whose monotonic clock stood still', () => {
    expect(bench().turnAfter(1, 7201)).toMatchObject({ jumpSeconds: 7200 });
  });
});
