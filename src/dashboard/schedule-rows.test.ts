import { describe, expect, it } from 'vitest';
import { factsTold, storedSequence, tonightSources } from '#testing';
import { planLine, storedPlan } from './schedule-builders.ts';
import { lastPlannedMs, scheduleRows, unplannedRows } from './schedule-rows.ts';

const told = { name: 'S1', program: 'Survey', target: 'T', isAlert: false, sequenceId: 1 };
const interrupted = factsTold(
  ['20:00:00', 'SequenceStarted', told],
  [
    '20:10:00',
    'SequenceEnded',
    { sequenceId: 1, name: 'S1', outcome: 'INTERRUPTED', reason: '', images: 1 },
  ],
);

describe('the rows of the plan', () => {
  it('are one for each sequence, with all its bars and the slot that is ahead', () => {
    const plan = storedPlan([planLine(1, ['23:00:00', '23:20:00'], { slackRightSeconds: 90 })]);
    const sources = tonightSources({ facts: interrupted, sequences: [storedSequence(1)] });
    const [row, ...others] = scheduleRows(sources, plan);
    expect(others).toEqual([]);
    expect(row?.bars.map(({ state }) => state)).toEqual(['partial', 'planned']);
    expect(row).toMatchObject({ state: 'planned', slot: { slackRightSeconds: 90, altDeg: 51 } });
  });

  it('have no slot once they are done', () => {
    const sources = tonightSources({
      facts: interrupted,
      sequences: [storedSequence(1, { status: 'PARTIAL' })],
    });
    const plan = storedPlan([planLine(1, ['23:00:00', '23:20:00'])]);
    expect(scheduleRows(sources, plan)).toMatchObject([{ state: 'partial', slot: null }]);
  });

  it('are in order of time', () => {
    const plan = storedPlan([
      planLine(1, ['23:00:00', '23:20:00']),
      planLine(2, ['22:30:00', '22:40:00']),
    ]);
    const sources = tonightSources({ sequences: [storedSequence(1), storedSequence(2)] });
    const rows = scheduleRows(sources, plan);
    expect(rows.map(({ sequenceId }) => sequenceId)).toEqual([2, 1]);
    expect(lastPlannedMs(rows)).toBe(Date.parse('2014-04-23T23:20Z'));
  });

  it('are none without a plan', () => {
    expect(scheduleRows(tonightSources({ sequences: [storedSequence(1)] }), null)).toEqual([]);
    expect(lastPlannedMs([])).toBeNull();
  });
});

describe('what has no place', () => {
  it('tells code, reason and remedy of the plan, the more urgent first', () => {
    const line = { code: 'MOON', reason: 'Moon at 21°', remedy: 'Wait some days' } as const;
    const sources = tonightSources({
      sequences: [
        storedSequence(1, { status: 'UNPLANNABLE', priority: 50, reason: 'Moon at 21°. Wait.' }),
        storedSequence(2, { status: 'UNPLANNABLE', priority: 5, reason: 'too low' }),
        storedSequence(3),
      ],
    });
    const plan = storedPlan([planLine(1, null, line), planLine(3, ['22:00:00', '22:10:00'])]);
    expect(unplannedRows(sources, plan)).toMatchObject([
      { sequenceId: 2, code: '', reason: 'too low', remedy: '' },
      { sequenceId: 1, ...line },
    ]);
  });
});
