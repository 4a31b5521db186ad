import { describe, expect, it } from 'vitest';
import type { ScheduleRow, Slot } from '../../tonight.ts';
import { timeScale } from '../marks/time-scale.ts';
import { matches, rowMarks, rowOfNow, rowSizes, topShowing, visibleRows } from './row-layout.ts';

const at = (time: string) => `2014-04-23T${time}:00.000Z`;
/** One pixel a minute from 20:00 on. */
const scale = timeScale(Date.parse(at('20:00')), Date.parse(at('23:00')), 180);
const slot: Slot = {
  start: at('21:00'),
  end: at('21:20'),
  overheadSeconds: 300,
  slackLeftSeconds: 600,
  slackRightSeconds: 1200,
  altDeg: 50,
  isShortened: false,
};
const row = (other: Partial<ScheduleRow> = {}): ScheduleRow => ({
  sequenceId: 1,
  name: 'M51 halo',
  program: 'Galaxies',
  isAlert: false,
  priority: 20,
  state: 'planned',
  bars: [{ start: slot.start, end: slot.end, state: 'planned' }],
  slot,
  curve: null,
  ...other,
});

describe('the marks of a row', () => {
  it('are the observation, the overhead before it, and the slack around both', () => {
    expect(rowMarks(row(), scale)).toEqual({
      bars: [{ state: 'planned', key: slot.start, x: 60, width: 20 }],
      overhead: { x: 55, width: 5 },
      slack: { x: 45, width: 55 },
    });
  });

  it('are bars alone for what runs or is done', () => {
    const bars = [{ start: at('20:10'), end: at('20:30'), state: 'done' as const }];
    expect(rowMarks(row({ state: 'done', bars, slot: null }), scale)).toMatchObject({
      overhead: null,
      slack: null,
    });
    expect(rowMarks(row({ state: 'running' }), scale).overhead).toBeNull();
  });

  it('have no whisker where nothing can move', () => {
    const fixed = { ...slot, slackLeftSeconds: 0, slackRightSeconds: 0 };
    expect(rowMarks(row({ slot: fixed }), scale).slack).toBeNull();
  });

  it('can be seen however short the observation', () => {
    const bars = [{ start: at('21:00'), end: at('21:00'), state: 'planned' as const }];
    expect(rowMarks(row({ bars }), scale).bars[0]?.width).toBe(3);
  });
});

describe('the box of rows', () => {
  const sizes = rowSizes(false);

  it('draws what it shows and a few more, of however many', () => {
    const { first, end } = visibleRows(500 * sizes.rowPx, sizes, 1000);
    expect(first).toBe(494);
    expect(end).toBe(520);
    expect(visibleRows(0, sizes, 3)).toEqual({ first: 0, end: 3 });
    expect(visibleRows(0, sizes, 0)).toEqual({ first: 0, end: 0 });
  });

  it('draws nothing beyond the last when a filter has shortened the list', () => {
    expect(visibleRows(24_000, sizes, 5)).toEqual({ first: 5, end: 5 });
  });

  it('moves just so far that a row is seen', () => {
    expect(topShowing(3, 0, sizes)).toBe(0);
    expect(topShowing(14, 0, sizes)).toBe(sizes.rowPx);
    expect(topShowing(2, 100, sizes)).toBe(48);
  });
});

describe('the row to begin with', () => {
  const done = row({ sequenceId: 1, state: 'done' });
  const running = row({ sequenceId: 2, state: 'running' });
  const planned = row({ sequenceId: 3 });

  it('is what runs, else what comes next, else the last', () => {
    expect(rowOfNow([done, running, planned])).toBe(running);
    expect(rowOfNow([done, planned])).toBe(planned);
    expect(rowOfNow([running, done])).toBe(running);
    expect(rowOfNow([done])).toBe(done);
    expect(rowOfNow([])).toBeNull();
  });
});

describe('the filter', () => {
  it.each([
    ['', true],
    ['m51', true],
    ['HALO gal', true],
    ['halo  m51 ', true],
    ['m13', false],
    ['m51 variables', false],
  ])('"%s" finds M51 halo of Galaxies: %s', (filter, isFound) => {
    expect(matches(filter, row())).toBe(isFound);
  });
});
