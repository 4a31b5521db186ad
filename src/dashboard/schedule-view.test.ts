import { describe, expect, it } from 'vitest';
import { parseIso } from '#platform';
import { nightTime, simulatedUnit, storedSequence, tonightSources } from '#testing';
import { versionOf } from './plan-version.ts';
import { planLine, storedPlan } from './schedule-builders.ts';
import { type ScheduleSources, scheduleView } from './schedule-view.ts';

const schedule = storedPlan(
  [
    planLine(1, ['22:30:00', '22:50:00']),
    planLine(2, ['23:00:00', '23:40:00']),
    planLine(3, null, { code: 'MOON', reason: 'Moon at 21°', remedy: 'Wait' }),
  ],
  { value: 964, bound: 1000, gap: 0.036, kind: 'FIRST' },
);
const sequences = [
  storedSequence(1),
  storedSequence(2),
  storedSequence(3, { status: 'UNPLANNABLE' }),
];
const pageOf = (other: Partial<ScheduleSources> = {}) =>
  scheduleView({ ...tonightSources({ schedule, sequences }), versions: [], ...other });

describe('the page of the schedule', () => {
  it('is the same for the same sources, and survives JSON', () => {
    expect(JSON.parse(JSON.stringify(pageOf()))).toEqual(pageOf());
  });

  it('says how much is planned, until when, and what has no place', () => {
    expect(pageOf().sentence).toBe('2 sequences planned, until 23:40 UTC; 1 has no place.');
  });

  it('tells value, bound and gap of the plan in words', () => {
    expect(pageOf().plan).toMatchObject({
      kind: 'FIRST',
      planned: 2,
      unplanned: 1,
      cause: 'a request came in',
      worth: 'This plan is worth at least 96.4 % of the best possible one.',
    });
  });

  it('gives every row its curve', () => {
    const { rows, twilight } = pageOf();
    expect(rows.map(({ curve }) => curve?.start)).toEqual([
      twilight.chartStart,
      twilight.chartStart,
    ]);
  });

  it('gives a thousand rows, a hundred of them with curves', () => {
    const ids = Array.from({ length: 1000 }, (_, i) => i + 1);
    const many = storedPlan(ids.map((id) => planLine(id, ['22:30:00', '22:50:00'])));
    const { rows } = pageOf({ schedule: many, sequences: ids.map((id) => storedSequence(id)) });
    expect(rows).toHaveLength(1000);
    expect(rows.filter(({ curve }) => curve)).toHaveLength(100);
  });

  it('lists the plans that it is given', () => {
    const { versions } = pageOf({ versions: [versionOf(schedule)] });
    expect(versions).toMatchObject([{ id: 1, created: schedule.created, planned: 2, gap: 0.036 }]);
  });
});

describe('the sentence of the schedule', () => {
  it('says that there is no plan yet, whatever the night before left', () => {
    expect(pageOf({ schedule: null }).sentence).toBe('No plan yet for this night.');
    const old = storedPlan([], { night: '2014-04-22' });
    expect(pageOf({ schedule: old })).toMatchObject({
      sentence: 'No plan yet for this night.',
      plan: null,
    });
  });

  it('says that nothing is left to plan', () => {
    expect(pageOf({ schedule: storedPlan([]), sequences: [] }).sentence).toBe(
      'Nothing is planned for the rest of the night.',
    );
  });

  it('says that the night is over', () => {
    const nowMs = parseIso(nightTime('05:00:00'));
    expect(pageOf({ nowMs, sequences: [] }).sentence).toBe('The night is over.');
  });

  it('says that the polar summer has no night', () => {
    const unit = simulatedUnit();
    const north = { ...unit, site: { ...unit.site, latDeg: 78 } };
    const nowMs = parseIso('2014-06-21T22:00Z');
    const page = pageOf({ unit: north, nowMs, schedule: null });
    expect(page.sentence).toBe('No night to plan: the Sun stays above −12°.');
    expect(page.dark).toBeNull();
    expect(page.availability.every(({ against }) => against.length > 0)).toBe(true);
  });
});
