import { afterEach, describe, expect, it, vi } from 'vitest';
import { RealClock, ScaledClock, type ScaledTime } from './real-clock.ts';

const START_MS = Date.UTC(2026, 9, 12, 18);
const REAL_MS = Date.UTC(2026, 10, 1);

/** An hour at x60, then in slow motion at x2, then at x120. */
const SEGMENTS = [
  { fromMs: START_MS, rate: 60 },
  { fromMs: START_MS + 3_600_000, rate: 2 },
  { fromMs: START_MS + 3_720_000, rate: 120 },
];

afterEach(() => {
  vi.useRealTimers();
});

/** A scaled clock read so many real seconds after its start. */
function readAfter(realSeconds: number, segments: ScaledTime['segments'] = SEGMENTS): ScaledClock {
  vi.useFakeTimers({ now: REAL_MS, toFake: ['Date', 'performance'] });
  const clock = new ScaledClock({ realStartMs: REAL_MS, segments });
  vi.advanceTimersByTime(realSeconds * 1000);
  return clock;
}

describe('scaled time', () => {
  it.each([
    ['before its start', -1, -60],
    ['at its start', 0, 0],
    ['in the first segment', 30, 1800],
    ['at the end of the first segment', 60, 3600],
    ['in slow motion', 90, 3660],
    ['at the end of slow motion', 120, 3720],
    ['in the last segment', 130, 4920],
  ])('%s shows the instant of its segments', (_, realSeconds, expectedSeconds) => {
    vi.useFakeTimers({ now: REAL_MS + realSeconds * 1000, toFake: ['Date', 'performance'] });
    const clock = new ScaledClock({ realStartMs: REAL_MS, segments: SEGMENTS });
    expect((clock.now() - START_MS) / 1000).toBeCloseTo(expectedSeconds, 6);
  });

  it('is the same in a process that starts later', () => {
    const first = readAfter(100);
    const second = new ScaledClock({ realStartMs: REAL_MS, segments: SEGMENTS });
    expect(second.now()).toBe(first.now());
    expect(second.monotonic()).toBeCloseTo(first.monotonic(), 3);
  });

  it('tells the rate of the moment', () => {
    expect([readAfter(10).rate(), readAfter(90).rate(), readAfter(500).rate()]).toEqual([
      60, 2, 120,
    ]);
  });

  it('stretches a polling period by the rate of the moment', () => {
    expect([readAfter(10).period(2), readAfter(90).period(2), readAfter(10).period(2, 1)]).toEqual([
      6, 2, 60,
    ]);
  });

  it('allows what the computer needs at the fastest rate to come', () => {
    expect(readAfter(90).allow(20)).toBe(20 + 5 * 120);
  });

  it('does not allow less than real time in slow motion', () => {
    expect(readAfter(0, [{ fromMs: START_MS, rate: 0.5 }]).allow(20)).toBe(25);
  });

  it('sleeps through a change of rate as long as each rate makes it', async () => {
    const segments = [
      { fromMs: START_MS, rate: 1000 },
      { fromMs: START_MS + 10_000, rate: 20_000 },
    ];
    const clock = new ScaledClock({ realStartMs: Date.now(), segments });
    const began = performance.now();
    await clock.sleep(1010);
    const realMs = performance.now() - began;
    expect(realMs).toBeGreaterThan(8);
    expect(realMs).toBeLessThan(900);
    expect(clock.now() - START_MS).toBeGreaterThan(900_000);
  });

  it('rejects a sleep with the reason of its signal', async () => {
    const clock = new ScaledClock({ realStartMs: Date.now(), segments: SEGMENTS });
    const abort = new AbortController();
    const sleeping = clock.sleep(1e6, abort.signal);
    abort.abort(new Error('enough'));
    await expect(sleeping).rejects.toThrow('enough');
  });

  it('needs one rate at least', () => {
    expect(() => new ScaledClock({ realStartMs: 0, segments: [] })).toThrow(RangeError);
  });
});

describe('real time', () => {
  const clock = new RealClock();

  it('allows what is asked, and polls no oftener than ten times a second', () => {
    expect([clock.allow(3), clock.period(2), clock.period(0.01)]).toEqual([3, 2, 0.1]);
  });

  it('rejects at once with the reason of a signal that is aborted', async () => {
    const reason = new Error('enough');
    await expect(clock.sleep(1000, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('never runs backwards on its monotonic side', () => {
    const first = clock.monotonic();
    expect(clock.monotonic()).toBeGreaterThanOrEqual(first);
  });
});
