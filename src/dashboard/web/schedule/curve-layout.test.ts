import { describe, expect, it } from 'vitest';
import type { ScheduleRow } from '../../tonight.ts';
import { timeScale } from '../marks/time-scale.ts';
import { curvePath, elevationAt, elevationY, nearestCurve, stretchPath } from './curve-layout.ts';

const start = '2014-04-23T20:00:00.000Z';
const zero = Date.parse(start);
/** One pixel a minute; an elevation of 90° at the top, 0° at 90 px. */
const frame = { scale: timeScale(zero, zero + 3_600_000, 60), heightPx: 90 };
const curve = { start, stepSeconds: 600, altDeg: [0, 10, 20, 30, 20, 10, 0] };
const row = (sequenceId: number, altDeg: readonly number[]): ScheduleRow => ({
  sequenceId,
  name: '',
  program: '',
  isAlert: false,
  priority: 1,
  state: 'planned',
  bars: [],
  slot: null,
  curve: { ...curve, altDeg },
});

describe('an elevation', () => {
  it('is straight between its samples', () => {
    expect(elevationAt(curve, zero + 300_000)).toBe(5);
    expect(elevationAt(curve, zero + 1_800_000)).toBe(30);
  });

  it('is not known outside the curve', () => {
    expect(elevationAt(curve, zero - 1)).toBeNull();
    expect(elevationAt(curve, zero + 3_600_001)).toBeNull();
  });

  it('stands the higher the greater it is', () => {
    expect([90, 45, 0].map((altDeg) => elevationY(altDeg, 90))).toEqual([0, 45, 90]);
  });
});

describe('a curve', () => {
  it('goes through every sample', () => {
    expect(curvePath(curve, frame)).toBe(
      'M0.0 90.0L10.0 80.0L20.0 70.0L30.0 60.0L40.0 70.0L50.0 80.0L60.0 90.0',
    );
  });

  it('is nothing without samples', () => {
    expect(curvePath({ ...curve, altDeg: [] }, frame)).toBe('');
  });

  it('is cut out where the target is observed', () => {
    const span = { start: '2014-04-23T20:05:00.000Z', end: '2014-04-23T20:25:00.000Z' };
    expect(stretchPath(curve, span, frame)).toBe('M5.0 85.0L10.0 80.0L20.0 70.0L25.0 65.0');
  });
});

describe('the curve under a pointer', () => {
  const rows = [row(1, [10, 10, 10, 10, 10, 10, 10]), row(2, [50, 50, 50, 50, 50, 50, 50])];

  it('is the nearest one within reach', () => {
    expect(nearestCurve(rows, { x: 30, y: 45 }, frame)?.sequenceId).toBe(2);
    expect(nearestCurve(rows, { x: 30, y: 84 }, frame)?.sequenceId).toBe(1);
    expect(nearestCurve(rows, { x: 30, y: 5 }, frame)).toBeNull();
  });

  it('is never one below the horizon', () => {
    expect(
      nearestCurve([row(3, [-2, -2, -2, -2, -2, -2, -2])], { x: 30, y: 90 }, frame),
    ).toBeNull();
  });
});
