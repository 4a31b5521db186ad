import { describe, expect, it } from 'vitest';
import { jobsOf, minutes, openSky, sequence, slewingTelescope, timed } from './plan-builders.ts';
import { quotaLedger } from './quota-ledger.ts';
import type { PlanSequence } from './schedule.ts';
import { hasUsefulPart, leastPartOf, withParts } from './shortened.ts';

const here = { target: { raDeg: 0, decDeg: 0 } };
const part = sequence(1, {
  ...timed([0, 30], 20),
  ...here,
  minUsefulSeconds: 300,
  setupSeconds: 60,
});

/** What is added to one block of 10 to 20 minutes: id, start of the block, minutes of observation. */
function added(sequences: readonly PlanSequence[], quotaSeconds = 1e6, raDeg = 0) {
  const other = sequence(9, { ...timed([10, 20], 10), target: { raDeg, decDeg: 0 } });
  const [fixed, ...jobs] = jobsOf(openSky([other, ...sequences], 30));
  if (fixed === undefined) throw new Error('the sky refuses it');
  const agenda = [{ job: fixed, startMs: minutes(10) }];
  const ledger = quotaLedger(new Map([['program "P"', { quotaSeconds, chargedSeconds: 0 }]]));
  return withParts(agenda, jobs, { telescope: slewingTelescope(null, 30), ledger })
    .filter(({ job }) => job.sequence.id !== 9)
    .map(({ job, startMs }) => [job.sequence.id, startMs / 60_000, job.durationMs / 60_000]);
}

describe('a part of a sequence', () => {
  it('takes a gap, its setup included', () => {
    expect(added([part])).toEqual([[1, 0, 9]]);
  });

  it('leaves time for the slew to what follows', () => {
    expect(added([{ ...part, windowEndMs: minutes(21) }], 1e6, 120)).toEqual([[1, 0, 7]]);
  });

  it('is not planned where the gap is shorter than the useful part and the setup', () => {
    expect(added([{ ...part, minUsefulSeconds: 541 }])).toEqual([]);
    expect(added([{ ...part, minUsefulSeconds: 540 }])).toEqual([[1, 0, 9]]);
  });

  it('goes to the more urgent first; the next one takes what is left', () => {
    const urgent = { ...part, id: 2, name: 'S2', priority: 10 };
    expect(added([part, urgent])).toEqual([
      [2, 0, 9],
      [1, 20, 9],
    ]);
  });

  it('is charged for its own length', () => {
    const urgent = { ...part, id: 2, name: 'S2', priority: 10 };
    expect(added([part, urgent], 1200)).toHaveLength(2);
    expect(added([part, urgent], 1199)).toHaveLength(2);
    expect(added([part, urgent], 700)).toHaveLength(1);
  });

  it('is nothing for a sequence that wants all or nothing', () => {
    const { minUsefulSeconds: _, ...whole } = part;
    expect(added([whole])).toEqual([]);
    const [job, other] = jobsOf(openSky([whole, { ...part, id: 2 }], 30));
    expect([job, other].map((each) => each && hasUsefulPart(each))).toEqual([false, true]);
    expect([job, other].map((each) => each && leastPartOf(each).blockMs / 60_000)).toEqual([21, 6]);
  });
});
