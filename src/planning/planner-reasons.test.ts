import { describe, expect, it } from 'vitest';
import { minutes, openSky, sequence, timed } from './plan-builders.ts';
import { plan } from './planner.ts';
import type { PlanInput, UnplannedSequence } from './schedule.ts';

function reasonOf(input: PlanInput): UnplannedSequence {
  const [first] = plan(input).unplanned;
  if (first === undefined) throw new Error('everything is planned');
  return first;
}

describe('the reason of a sequence that the sky allows', () => {
  it('names those who outbid it, and what is left', () => {
    const rivals = [1, 2, 3, 4, 5].map((id) =>
      sequence(id, { ...timed([2 * id - 2, 2 * id], 2), priority: 10 }),
    );
    const reason = reasonOf(openSky([...rivals, sequence(6, timed([0, 10], 3))], 10));
    expect(reason).toMatchObject({
      sequenceId: 6,
      code: 'OUTBID',
      sentence:
        'outbid by S1, S2, S3 and 2 more: it takes 180 s, 0 s at most are free while it may be observed (00:00Z to 00:10Z)',
    });
  });

  it('names first those who hold its best place', () => {
    const rivals = [1, 2, 3].map((id) =>
      sequence(id, { ...timed([3 * id - 3, 3 * id], 3), priority: 10 }),
    );
    const late = sequence(4, timed([0, 9], 3, 8));
    expect(reasonOf(openSky([...rivals, late], 9)).sentence).toMatch(/^outbid by S3, S2, S1:/);
  });

  it('is the running sequence when nothing else is in the way', () => {
    const running = { sequence: sequence(1), startMs: 0, endMs: minutes(10) };
    const reason = reasonOf(openSky([sequence(2, timed([0, 8], 5))], 20, { running }));
    expect(reason.sentence).toMatch(/^outbid by the running sequence/);
  });
});
