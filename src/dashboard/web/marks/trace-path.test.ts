import { describe, expect, it } from 'vitest';
import type { Trace } from '../../tonight.ts';
import { timeScale } from './time-scale.ts';
import { beyondPath, isBeyond, traceDomain, tracePath, valueY } from './trace-path.ts';

const start = Date.UTC(2014, 3, 23, 18);
const scale = timeScale(start, start + 100 * 60_000, 100);
const minutes = (...list: [number, number][]) =>
  list.map(([minute, value]) => ({ at: new Date(start + minute * 60_000).toISOString(), value }));

const trace = (over: Partial<Trace>): Trace => ({
  quantity: 'wind',
  label: 'Wind',
  unit: 'm/s',
  sensor: null,
  limit: { value: 15, side: 'above' },
  points: minutes([0, 3], [1, 4]),
  ...over,
});

describe('the domain of a trace', () => {
  it('shows the limit above calm values', () => {
    const domain = traceDomain(trace({}));
    expect(domain.low).toBe(0);
    expect(domain.high).toBeGreaterThan(15);
  });

  it('grows with the values', () => {
    expect(traceDomain(trace({ points: minutes([0, 40]) })).high).toBeGreaterThan(40);
  });

  it('is the whole scale for humidity', () => {
    expect(traceDomain(trace({ quantity: 'humidity' }))).toEqual({ low: 0, high: 100 });
  });

  it('leaves out a limit that is far away', () => {
    const cold = trace({
      quantity: 'temperature',
      limit: { value: -20, side: 'below' },
      points: minutes([0, 8]),
    });
    expect(traceDomain(cold).low).toBeGreaterThan(0);
  });

  it('exists without any point', () => {
    const { low, high } = traceDomain(trace({ points: [] }));
    expect(high).toBeGreaterThan(low);
  });
});

describe('the path of a trace', () => {
  const y = (value: number) => valueY(value, { low: 0, high: 10 }, 50);

  it('joins neighbours', () => {
    expect(tracePath(minutes([0, 0], [10, 10]), scale, y)).toBe('M0.0 50.0L10.0 0.0');
  });

  it('is lifted over a silence', () => {
    expect(tracePath(minutes([0, 5], [30, 5]), scale, y)).toBe('M0.0 25.0M30.0 25.0');
  });

  it('leaves out what lies outside the chart', () => {
    expect(tracePath(minutes([-5, 5], [101, 5]), scale, y)).toBe('');
  });
});

describe('what is beyond the limit', () => {
  const y = (value: number) => valueY(value, { low: 0, high: 10 }, 50);
  const beyond = (...list: [number, number][]) =>
    beyondPath({ points: minutes(...list), limit: { value: 5, side: 'above' } }, scale, y);

  it('is drawn with the ways there and back', () => {
    expect(beyond([0, 0], [1, 0], [2, 10], [3, 0], [4, 0])).toBe('M1.0 50.0L2.0 0.0L3.0 50.0');
  });

  it('is drawn apart where the trace came back in between', () => {
    const path = beyond([0, 10], [1, 0], [2, 0], [3, 10]);
    expect(path).toBe('M0.0 0.0L1.0 50.0M2.0 50.0L3.0 0.0');
  });

  it('is nothing on a calm night', () => expect(beyond([0, 1], [1, 2])).toBe(''));
});

describe('a limit', () => {
  it('is passed on its own side only', () => {
    expect(isBeyond(16, { value: 15, side: 'above' })).toBe(true);
    expect(isBeyond(15, { value: 15, side: 'above' })).toBe(false);
    expect(isBeyond(-21, { value: -20, side: 'below' })).toBe(true);
    expect(isBeyond(99, null)).toBe(false);
  });
});
