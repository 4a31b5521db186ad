import { describe, expect, it } from 'vitest';
import { minutes, openSky, sequence, timed } from '../plan-builders.ts';
import { bestPlan } from './best-plan.ts';

const stepMs = minutes(0.5);

describe('the best plan', () => {
  it('is worth nothing when there is nothing to plan', () => {
    expect(bestPlan(openSky([], 10), stepMs)).toEqual({ value: 0, startMs: new Map() });
  });

  it('is weight × minutes when a sequence has its first start', () => {
    const one = sequence(1, { ...timed([2, 10], 3), priority: 91 });
    const best = bestPlan(openSky([one], 20), stepMs);
    expect(best).toEqual({ value: 30, startMs: new Map([[1, minutes(2)]]) });
  });

  it('gives the last start half of the worth of the first', () => {
    const one = sequence(1, { ...timed([0, 8], 4), priority: 91 });
    const late = bestPlan(openSky([one], 20), stepMs, (_, startMs) => startMs === minutes(4));
    expect(late.value).toBe(20);
  });

  it('puts two in the order that loses less', () => {
    const [a, b] = [sequence(1, timed([0, 20], 4)), sequence(2, timed([0, 10], 4))];
    const starts = bestPlan(openSky([a, b], 20), stepMs).startMs;
    expect(starts).toEqual(
      new Map([
        [2, 0],
        [1, minutes(4)],
      ]),
    );
  });

  it('counts setups as part of the window and of the time taken', () => {
    const [a, b] = [timed([0, 4], 1), timed([0, 4], 1)].map((each, i) =>
      sequence(i + 1, { ...each, setupSeconds: 60 }),
    );
    const starts = bestPlan(
      openSky(
        [a, b].flatMap((each) => each ?? []),
        20,
      ),
      stepMs,
    ).startMs;
    expect([...starts.values()].sort((x, y) => x - y)).toEqual([minutes(1), minutes(3)]);
  });

  it('keeps to the quotas', () => {
    const pair = [1, 2].map((id) => sequence(id, { ...timed([0, 20], 4), chargeSeconds: 240 }));
    const quotas = new Map([['program "P"', { quotaSeconds: 479, chargedSeconds: 0 }]]);
    expect(bestPlan(openSky(pair, 20, { quotas }), stepMs).startMs.size).toBe(1);
  });
});
