import { describe, expect, it } from 'vitest';
import { changeStatus, isFinal, isToPlan, sequenceStatuses } from './sequence-status.ts';

const drawn = `
INCOMPLETE  -> SUBMITTED CANCELLED
SUBMITTED   -> TOBEPLANNED REJECTED CANCELLED
REJECTED    ->
TOBEPLANNED -> PLANNED UNPLANNABLE CANCELLED EXPIRED
PLANNED     -> TOBEPLANNED UNPLANNABLE EXECUTING CANCELLED EXPIRED
UNPLANNABLE -> TOBEPLANNED PLANNED CANCELLED EXPIRED
EXECUTING   -> TOBEPLANNED DONE PARTIAL FAILED CANCELLED
DONE        ->
PARTIAL     ->
FAILED      ->
CANCELLED   ->
EXPIRED     ->`;

const expected = new Map(
  drawn
    .trim()
    .split('\n')
    .map((line) => line.split('->'))
    .map(([from = '', to = '']) => [from.trim(), to.trim().split(' ').filter(Boolean)] as const),
);

describe('the status of a sequence', () => {
  it('is drawn for every status', () => {
    expect([...expected.keys()].sort()).toEqual([...sequenceStatuses].sort());
  });

  for (const from of sequenceStatuses) {
    for (const to of sequenceStatuses) {
      const allowed = expected.get(from)?.includes(to) === true;
      it(`${allowed ? 'goes' : 'refuses to go'} from ${from} to ${to}`, () => {
        expect(changeStatus(from, to).ok).toBe(allowed);
      });
    }
  }

  it('says what it may become instead', () => {
    expect(changeStatus('SUBMITTED', 'DONE')).toEqual({
      ok: false,
      reason:
        'A sequence that is SUBMITTED cannot become DONE: it may become TOBEPLANNED, REJECTED, CANCELLED.',
    });
  });

  it('says when it is final', () => {
    expect(changeStatus('DONE', 'PLANNED')).toMatchObject({
      reason: expect.stringContaining('final'),
    });
  });

  it('is final when nothing more can happen', () => {
    expect(sequenceStatuses.filter(isFinal)).toEqual([
      'REJECTED',
      'DONE',
      'PARTIAL',
      'FAILED',
      'CANCELLED',
      'EXPIRED',
    ]);
  });

  it('is to be planned until it runs or ends', () => {
    expect(sequenceStatuses.filter(isToPlan)).toEqual(['TOBEPLANNED', 'PLANNED', 'UNPLANNABLE']);
  });
});
