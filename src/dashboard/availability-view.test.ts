import { describe, expect, it } from 'vitest';
import { parseIso } from '#platform';
import { nightTime } from '#testing';
import { availability } from './availability-view.ts';
import type { ScheduleRow } from './schedule-page.ts';

const span = { startMs: parseIso(nightTime('18:00:00')), endMs: parseIso(nightTime('05:00:00')) };
const dark = { start: nightTime('20:00:00'), end: nightTime('03:00:00') };
const slot = {
  start: nightTime('22:00:00'),
  end: nightTime('22:30:00'),
  overheadSeconds: 60,
  slackLeftSeconds: 0,
  slackRightSeconds: 0,
  altDeg: 50,
  isShortened: false,
};
const row: ScheduleRow = {
  sequenceId: 1,
  name: 'M51',
  program: 'Survey',
  isAlert: false,
  priority: 20,
  state: 'planned',
  bars: [{ start: slot.start, end: slot.end, state: 'planned' }],
  slot,
  curve: null,
};
const lineOf = (question: Partial<Parameters<typeof availability>[0]>) =>
  availability({ span, dark, rows: [], closed: [], ...question }).map(
    ({ start, against }) =>
      `${start.slice(11, 16)} ${against.map(({ text }) => text).join(' + ') || 'free'}`,
  );

describe('the availability line of the telescope', () => {
  it('is free in the dark', () => {
    expect(lineOf({})).toEqual(['18:00 not dark', '20:00 free', '03:00 not dark']);
  });

  it('is taken by an observation from the start of its overhead', () => {
    expect(lineOf({ rows: [row] })).toEqual([
      '18:00 not dark',
      '20:00 free',
      '21:59 taken by M51',
      '22:30 free',
      '03:00 not dark',
    ]);
  });

  it('counts a closed dome on top', () => {
    const closed = [{ from: nightTime('22:10:00'), to: nightTime('22:20:00'), cause: 'rain' }];
    expect(lineOf({ rows: [row], closed })).toContain('22:10 dome closed: rain + taken by M51');
  });

  it('is never free without a night', () => {
    expect(lineOf({ dark: null })).toEqual(['18:00 not dark']);
  });
});
