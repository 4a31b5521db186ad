import { describe, expect, it } from 'vitest';
import { iso, parseIso } from '#platform';
import { nightTime, tonightSources } from '#testing';
import { weatherTraces } from './weather-view.ts';

const START_MS = parseIso(nightTime('18:00:00'));
const FAIR = {
  humidity: 50,
  wind: 3,
  wind_dir: 200,
  temperature: 10,
  pressure: 870,
  rain: 0,
  cloud: -20,
  dew_point: 0,
  dew_margin: 10,
  gust: 4,
  pressure_trend: 0,
  seeing: null,
  sky_clarity: 'Clear',
};

const rows = (count: number, other: (i: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, i) => {
    return { ...FAIR, ...other(i), updated: iso(START_MS + i * 20_000) };
  });

const trace = (quantity: string, weather: ReturnType<typeof rows>) => {
  const found = weatherTraces(tonightSources({ weather })).find((t) => t.quantity === quantity);
  if (!found) throw new Error(`no trace of ${quantity}`);
  return found;
};

describe('a weather trace', () => {
  it('carries the limit of the unit file and the side that is bad', () => {
    expect(trace('rain', rows(1)).limit).toEqual({ value: 0.1, side: 'above' });
    expect(trace('temperature', rows(1)).limit).toEqual({ value: -20, side: 'below' });
  });

  it('names the sensor that ranks first, and counts the others', () => {
    expect(trace('rain', rows(1)).sensor).toBe('WXT520 +1');
    expect(trace('cloud', rows(1)).sensor).toBe('MLX90614-1');
  });

  it('never loses a short shower to the thinning', () => {
    for (const place of [1, 500, 1233, 1998]) {
      const { points } = trace(
        'rain',
        rows(2000, (i) => (i === place ? { rain: 4 } : {})),
      );
      expect(Math.max(...points.map((point) => point.value))).toBe(4);
    }
  });

  it('keeps the coldest of a stretch where cold is bad', () => {
    const { points } = trace(
      'temperature',
      rows(2000, (i) => (i === 777 ? { temperature: -25 } : {})),
    );
    expect(Math.min(...points.map((point) => point.value))).toBe(-25);
  });

  it('stays short however long the weather is bad', () => {
    expect(
      trace(
        'rain',
        rows(5000, () => ({ rain: 4 })),
      ).points.length,
    ).toBeLessThan(300);
  });

  it('ends with the last reading', () => {
    const weather = rows(2000);
    expect(trace('wind', weather).points.at(-1)?.at).toBe(weather.at(-1)?.updated);
  });

  it('goes forward in time', () => {
    const ats = trace(
      'wind',
      rows(2000, (i) => ({ wind: (i * 7) % 13 })),
    ).points.map((p) => p.at);
    expect(ats).toEqual([...ats].sort());
  });

  it('has no point where a sensor said nothing', () => {
    expect(
      trace(
        'cloud',
        rows(3, (i) => (i === 1 ? { cloud: null } : {})),
      ).points,
    ).toHaveLength(2);
  });
});
