import { describe, expect, it } from 'vitest';
import { planLine, storedPlan } from './schedule-builders.ts';
import { type KnownSequence, scheduleChanges } from './schedule-changes.ts';
import type { PlanChange } from './schedule-page.ts';

const known = new Map<number, KnownSequence>(
  [1, 2, 3, 4].map((id) => [id, { name: `S${id}`, isAlert: id === 4, status: 'PLANNED' }]),
);
const before = storedPlan([
  planLine(1, ['20:00:00', '20:20:00']),
  planLine(2, ['21:00:00', '21:20:00']),
  planLine(3, null, { code: 'MOON', reason: 'Moon' }),
]);
const changesTo = (...lines: ReturnType<typeof planLine>[]) =>
  scheduleChanges(before, storedPlan(lines, { id: 2 }), known);
const told = ({ name, kind, movedSeconds }: PlanChange) =>
  `${name} ${kind}${movedSeconds ? ` ${movedSeconds}` : ''}`;

describe('what changed between two plans', () => {
  it('is nothing between a plan and itself', () => {
    const { changes, sentence } = scheduleChanges(before, before, known);
    expect(changes.map(told)).toEqual(['S1 same', 'S2 same']);
    expect(sentence).toBe('Nothing changed: 2 keep their place.');
  });

  it('is by how much each has moved', () => {
    const { changes } = changesTo(
      planLine(1, ['20:10:00', '20:30:00']),
      planLine(2, ['20:40:00', '21:00:00']),
    );
    expect(changes.map(told)).toEqual(['S1 moved 600', 'S2 moved -1200']);
  });

  it('is not a shift of less than a minute', () => {
    const { changes } = changesTo(
      planLine(1, ['20:00:59', '20:20:59']),
      planLine(2, ['21:00:00', '21:20:00']),
    );
    expect(changes.map(({ kind }) => kind)).toEqual(['same', 'same']);
  });

  it('tells what was added, whether it was known before or not', () => {
    const { changes, sentence } = changesTo(
      planLine(1, ['20:00:00', '20:20:00']),
      planLine(2, ['21:00:00', '21:20:00']),
      planLine(3, ['22:00:00', '22:20:00']),
      planLine(4, ['23:00:00', '23:20:00']),
    );
    expect(changes.map(told)).toEqual(['S1 same', 'S2 same', 'S3 added', 'S4 added']);
    expect(changes[3]?.isAlert).toBe(true);
    expect(sentence).toBe('2 added; 2 keep their place.');
  });

  it('gives the reason of what lost its place, and of what found none', () => {
    const why = { code: 'OUTBID', reason: 'outbid by S4', remedy: 'Make it more urgent.' } as const;
    const { changes } = changesTo(
      planLine(1, ['20:00:00', '20:20:00']),
      planLine(2, null, why),
      planLine(4, null, why),
    );
    expect(changes.filter(({ kind }) => kind === 'unplanned')).toMatchObject([
      { name: 'S4', before: null, ...why },
      { name: 'S2', before: { start: '2014-04-23T21:00:00.000Z' }, ...why },
    ]);
  });

  it('says what became of what left the plan', () => {
    const done = new Map([[1, { name: 'S1', isAlert: false, status: 'DONE' }]]);
    const { changes } = scheduleChanges(before, storedPlan([]), done);
    expect(changes).toMatchObject([
      { name: 'S1', kind: 'gone', reason: 'done meanwhile' },
      { name: 'Sequence 2', kind: 'gone', reason: 'it was deleted' },
    ]);
  });

  it('counts what each of the two plans holds', () => {
    const { from, to } = changesTo(planLine(1, ['20:00:00', '20:20:00']));
    expect(from).toMatchObject({ id: 1, planned: 2, unplanned: 1 });
    expect(to).toMatchObject({ id: 2, planned: 1, unplanned: 0 });
  });
});
