import { describe, expect, it } from 'vitest';
import { hourTicks, timeScale } from './time-scale.ts';

const start = Date.UTC(2014, 3, 23, 17, 30);
const end = Date.UTC(2014, 3, 24, 5, 30);
const scale = timeScale(start, end, 720);

describe('a time scale', () => {
  it('places instants in proportion', () => {
    expect(scale.x(start + 6 * 3_600_000)).toBe(360);
  });

  it('holds instants outside at its ends', () => {
    expect(scale.clampX(start - 1)).toBe(0);
    expect(scale.clampX(end + 3_600_000)).toBe(720);
    expect(scale.x(end + 3_600_000)).toBe(780);
  });

  it('survives an empty span', () => {
    expect(timeScale(start, start, 100).x(start)).toBe(0);
  });
});

describe('hour ticks', () => {
  it('fall on round hours', () => {
    expect(hourTicks(scale)[0]).toBe(Date.UTC(2014, 3, 23, 18));
    expect(hourTicks(scale)).toHaveLength(12);
  });

  it('thin out when the axis is short', () => {
    expect(hourTicks(timeScale(start, end, 200))).toEqual([
      Date.UTC(2014, 3, 23, 18),
      Date.UTC(2014, 3, 23, 21),
      Date.UTC(2014, 3, 24, 0),
      Date.UTC(2014, 3, 24, 3),
    ]);
  });
});
