import { describe, expect, it } from 'vitest';
import type { PlannedBar } from '../../tonight.ts';
import { ALERT_ROW, barKey, barsInTime, ganttLayout, nearestBar } from './gantt-layout.ts';

const bar = (sequenceId: number, over: Partial<PlannedBar> = {}): PlannedBar => ({
  sequenceId,
  name: `S${sequenceId}`,
  program: 'Survey',
  state: 'planned',
  isAlert: false,
  start: `2014-04-23T2${sequenceId}:00:00Z`,
  end: `2014-04-23T2${sequenceId}:30:00Z`,
  altDeg: 50,
  ...over,
});

const night = (plan: PlannedBar[]) => ({
  plan,
  twilight: { chartStart: '2014-04-23T20:00:00Z', chartEnd: '2014-04-24T00:00:00Z' },
});

describe('the rows of the Gantt', () => {
  it('begin with the alerts even when there is none', () => {
    expect(ganttLayout(night([]), 400, false).rows.map((row) => row.label)).toEqual([ALERT_ROW]);
  });

  it('are the programs in a fixed order', () => {
    const rows = ganttLayout(
      night([bar(1), bar(2, { program: 'Exoplanets' }), bar(3, { isAlert: true })]),
      400,
      false,
    ).rows;
    expect(rows.map((row) => row.label)).toEqual([ALERT_ROW, 'Exoplanets', 'Survey']);
    expect(rows[0]?.bars.map((placed) => placed.bar.sequenceId)).toEqual([3]);
  });

  it('keep the height of the chart when a program joins', () => {
    const few = ganttLayout(night([bar(1)]), 400, false).heightPx;
    expect(ganttLayout(night([bar(1), bar(2, { program: 'X' })]), 400, false).heightPx).toBe(few);
  });
});

describe('the bars', () => {
  it('lie at their times', () => {
    const placed = ganttLayout(night([bar(1)]), 400, false).rows[1]?.bars[0];
    expect(placed).toMatchObject({ x: 100, width: 50 });
  });

  it('stay visible however short', () => {
    const short = bar(1, { end: '2014-04-23T21:00:01Z' });
    const placed = ganttLayout(night([short]), 400, false).rows[1]?.bars[0];
    expect(placed?.width).toBe(3);
  });

  it('have names of their own, also two of one sequence', () => {
    const again = bar(1, { start: '2014-04-23T23:00:00Z', end: '2014-04-23T23:30:00Z' });
    expect(barKey(again)).not.toBe(barKey(bar(1)));
  });

  it('are gone through by time', () => {
    expect(barsInTime([bar(3), bar(1), bar(2)]).map((b) => b.sequenceId)).toEqual([1, 2, 3]);
  });
});

describe('pointing', () => {
  const layout = ganttLayout(night([bar(1), bar(2)]), 400, false);
  const y = (layout.rows[1]?.y ?? 0) + 5;

  it('finds the bar under the pointer', () => {
    expect(nearestBar(layout, { x: 120, y })?.sequenceId).toBe(1);
  });

  it('finds the nearest within reach of a finger', () => {
    expect(nearestBar(layout, { x: 185, y })?.sequenceId).toBe(2);
  });

  it('finds nothing far away or in an empty row', () => {
    expect(nearestBar(layout, { x: 300, y })).toBeNull();
    expect(nearestBar(layout, { x: 120, y: layout.rows[0]?.y ?? 0 })).toBeNull();
  });
});
