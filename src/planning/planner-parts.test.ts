import { describe, expect, it } from 'vitest';
import { minutes, openSky, sequence, slots, timed } from './plan-builders.ts';
import { plan } from './planner.ts';

describe('a sequence of which a part is useful', () => {
  const part = sequence(1, { ...timed([0, 10], 8), minUsefulSeconds: 180 });

  it('is planned whole where it has room', () => {
    const { entries } = plan(openSky([part], 20));
    expect(entries).toMatchObject([{ startMs: 0, endMs: minutes(8), isShortened: false }]);
  });

  it('takes the longest gap that others leave', () => {
    const rivals = [sequence(2, timed([0, 3], 3)), sequence(3, timed([7, 10], 3))].map((each) => ({
      ...each,
      priority: 1,
    }));
    const { entries } = plan(openSky([part, ...rivals], 20));
    const shortened = entries.find(({ sequenceId }) => sequenceId === 1);
    expect(shortened).toMatchObject({
      startMs: minutes(3),
      endMs: minutes(7),
      isShortened: true,
    });
  });

  it('is left out where not even that part has room', () => {
    const rivals = [sequence(2, timed([0, 4], 4)), sequence(3, timed([6, 10], 4))].map((each) => ({
      ...each,
      priority: 1,
    }));
    const { unplanned } = plan(openSky([part, ...rivals], 20));
    expect(unplanned).toMatchObject([{ sequenceId: 1, code: 'OUTBID' }]);
  });

  it('is charged for that part only', () => {
    const quotas = new Map([['program "P"', { quotaSeconds: 300, chargedSeconds: 0 }]]);
    const night = openSky([part], 5, { quotas });
    expect(plan(night).entries).toMatchObject([{ endMs: minutes(5), isShortened: true }]);
  });
});

describe('in the twilight', () => {
  const night = {
    scienceStartMs: minutes(10),
    scienceEndMs: minutes(20),
    openMs: 0,
    closeMs: minutes(30),
  };

  it('only what may take place there does', () => {
    const flat = sequence(1, { ...timed([0, 30], 5), target: null, inTwilight: true });
    const star = sequence(2, timed([0, 30], 5));
    expect(slots(plan(openSky([flat, star], 30, { night })))).toEqual({ 1: [0, 5], 2: [10, 15] });
  });

  it('calibrations take place in the morning too', () => {
    const flat = sequence(1, { ...timed([21, 30], 5), target: null, inTwilight: true });
    expect(slots(plan(openSky([flat], 30, { night })))).toEqual({ 1: [21, 26] });
  });
});

describe('the way from one target to the next', () => {
  const transition = {
    slewDegPerSecond: 1,
    slewAccelDegPerSecond2: Number.POSITIVE_INFINITY,
    settleSeconds: 0,
    domeDegPerSecond: Number.POSITIVE_INFINITY,
    wheelSeconds: 0,
  };
  const at = (raDeg: number) => ({ target: { raDeg, decDeg: 0 }, setupSeconds: 30 });

  it('lies before the block and is told with the setup', () => {
    const [a, b] = [
      sequence(1, { ...timed([0, 30], 5), ...at(0) }),
      sequence(2, { ...timed([5, 30], 5), ...at(60) }),
    ];
    const { entries } = plan(openSky([a, b], 30, { transition }));
    expect(entries.map((entry) => [entry.startMs, entry.overheadSeconds])).toEqual([
      [30_000, 30],
      [minutes(7), 90],
    ]);
  });

  it('begins where the telescope looks', () => {
    const one = sequence(1, { ...timed([0, 30], 5), ...at(60) });
    const pointing = { raDeg: 0, decDeg: 0 };
    const { entries } = plan(openSky([one], 30, { transition, pointing }));
    expect(entries).toMatchObject([{ startMs: 90_000, overheadSeconds: 90 }]);
  });

  it('is not charged', () => {
    const quotas = new Map([['program "P"', { quotaSeconds: 330, chargedSeconds: 0 }]]);
    const one = sequence(1, { ...timed([0, 30], 5), ...at(60) });
    const pointing = { raDeg: 0, decDeg: 0 };
    const { entries } = plan(openSky([one], 30, { transition, pointing, quotas }));
    expect(entries).toHaveLength(1);
  });

  it('decides the order of what is otherwise equal', () => {
    const sequences = [0, 100, 10, 110].map((raDeg, i) =>
      sequence(i + 1, { ...timed([0, 60], 5), ...at(raDeg), startMode: 'BESTELEV' }),
    );
    const { entries } = plan(openSky(sequences, 26, { transition }));
    const far = entries.filter(({ overheadSeconds }) => overheadSeconds > 60);
    expect(entries).toHaveLength(4);
    expect(far).toHaveLength(1);
  });
});

describe('the bound, where a part of a sequence is useful', () => {
  const [urgent, lesser] = [10, 90];
  const part = sequence(1, { ...timed([0, 10], 8), minUsefulSeconds: 180, priority: urgent });
  const whole = sequence(2, { ...timed([5, 10], 5), priority: lesser });
  const alert = sequence(9, { ...timed([2, 5], 3), isAlert: true, priority: 1 });

  it('holds for what a part beside an alert would be worth', () => {
    const alone = plan(openSky([part, alert], 20));
    expect(plan(openSky([part, whole, alert], 20)).bound).toBeGreaterThanOrEqual(alone.value);
  });

  it('counts what a part charges, not the whole', () => {
    const asked = { accounts: ['A'], priority: urgent };
    const first = sequence(1, { ...timed([0, 5], 5), ...asked, chargeSeconds: 300 });
    const second = { ...timed([5, 10], 5), ...asked, chargeSeconds: 300, minUsefulSeconds: 60 };
    const quotas = new Map([['A', { quotaSeconds: 500, chargedSeconds: 0 }]]);
    const both = plan(openSky([first, sequence(2, second)], 20, { quotas }));
    const rival = sequence(3, { ...timed([8, 10], 2), priority: 99 });
    const three = plan(openSky([first, sequence(2, second), rival], 20, { quotas }));
    expect(three.bound).toBeGreaterThanOrEqual(both.value);
  });
});

describe('a sequence that its quota pays in part', () => {
  it('gets the part that can be paid, where that is useful', () => {
    const asked = { ...timed([0, 20], 8), chargeSeconds: 480, accounts: ['A'] };
    const quotas = new Map([['A', { quotaSeconds: 300, chargedSeconds: 0 }]]);
    const made = plan(openSky([sequence(1, { ...asked, minUsefulSeconds: 180 })], 20, { quotas }));
    const [entry] = made.entries;
    expect(entry?.isShortened).toBe(true);
    expect(((entry?.endMs ?? 0) - (entry?.startMs ?? 0)) / 1000).toBe(300);
  });
});
