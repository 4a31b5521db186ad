import { describe, expect, it } from 'vitest';
import { pinAlerts } from './pinned-alerts.ts';
import { jobsOf, minutes, openSky, sequence, slewingTelescope, timed } from './plan-builders.ts';
import { gainOf, problemOf } from './planning-problem.ts';
import { quotaLedger } from './quota-ledger.ts';
import type { PlanSequence, Quota } from './schedule.ts';

const telescope = slewingTelescope(null, 60);
const at = (raDeg: number) => ({ target: { raDeg, decDeg: 0 } });

function stated(sequences: readonly PlanSequence[], quotas = new Map<string, Quota>()) {
  const jobs = jobsOf(openSky(sequences, 60));
  const fixed = pinAlerts(jobs, telescope, quotaLedger(new Map()));
  const routine = jobs.filter((job) => !job.sequence.isAlert);
  return problemOf(routine, { telescope, fixed, quotas });
}

describe('a plan in numbers', () => {
  it('counts time from the first start, and ends with the night', () => {
    const { problem, originMs } = stated([sequence(1, timed([20, 40], 5))]);
    expect([originMs, problem.spanMs]).toEqual([minutes(20), minutes(40)]);
    expect([...problem.startLow, ...problem.startHigh]).toEqual([0, minutes(15)]);
  });

  it('counts setup as time taken, and not as worth', () => {
    const { problem, jobs } = stated([
      sequence(1, { ...timed([0, 60], 5), priority: 91, setupSeconds: 60 }),
    ]);
    expect([problem.blockMs[0], problem.gain[0], problem.charge[0]]).toEqual([minutes(6), 50, 360]);
    expect(jobs.map(gainOf)).toEqual([50]);
  });

  it('gives merits and slews as they are', () => {
    const { problem } = stated([
      sequence(1, { ...timed([0, 60], 5), ...at(0) }),
      sequence(2, { ...timed([0, 60], 5), ...at(60) }),
    ]);
    expect([problem.meritAt(0, 0), problem.meritAt(0, minutes(55))]).toEqual([1, 0.5]);
    const slews = [problem.slewMs(0, 1), problem.slewMs(1, 0), problem.slewMs(-1, 1)];
    expect(slews).toEqual([60_000, 60_000, 0]);
  });

  it('has the same slews when asked often', () => {
    const many = Array.from({ length: 12 }, (_, i) =>
      sequence(i + 1, { ...timed([0, 60], 5), ...at(10 * i) }),
    );
    const { problem } = stated(many);
    for (const _ of [1, 2]) {
      for (let i = 0; i < 12; i++) {
        // Rounded up to whole milliseconds.
        expect(Math.abs(problem.slewMs(3, i) - 10_000 * Math.abs(3 - i))).toBeLessThanOrEqual(1);
      }
    }
  });

  it('keeps the accounts whose quota cannot pay for all, by number', () => {
    const accounts = ['program "P"', 'country "FR"', 'user "U"'];
    const quotas = new Map([
      ['country "FR"', { quotaSeconds: 900, chargedSeconds: 100 }],
      ['program "P"', { quotaSeconds: 500, chargedSeconds: 0 }],
    ]);
    const asked = { ...timed([0, 60], 5), accounts, chargeSeconds: 300 };
    const three = stated([sequence(1, asked), sequence(2, asked), sequence(3, asked)], quotas);
    expect([...three.problem.left]).toEqual([800, 500]);
    expect(three.problem.accounts[0]).toEqual([1, 0]);
    const two = stated([sequence(1, asked), sequence(2, asked)], quotas);
    expect([...two.problem.left]).toEqual([500]);
    expect(two.problem.accounts[0]).toEqual([0]);
  });

  it('leaves out what an account cannot pay for, and what has no room beside the alerts', () => {
    const quotas = new Map([['program "P"', { quotaSeconds: 100, chargedSeconds: 0 }]]);
    const alert = sequence(1, { ...timed([0, 10], 10), isAlert: true, accounts: [] });
    const crowded = sequence(2, { ...timed([0, 12], 5), accounts: [] });
    const poor = sequence(3, timed([0, 60], 5));
    const fine = sequence(4, { ...timed([0, 60], 5), accounts: [] });
    const { jobs } = stated([alert, crowded, poor, fine], quotas);
    expect(jobs.map((job) => job.sequence.id)).toEqual([4]);
  });
});
