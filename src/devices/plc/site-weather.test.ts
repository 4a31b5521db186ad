import { describe, expect, it } from 'vitest';
import { dewPointC, siteWeather } from './site-weather.ts';

const place = { seed: 1, lonDeg: 6.92, altitudeM: 1320 };
const NOON_MS = Date.UTC(2026, 9, 12, 12);

describe('the simulated weather', () => {
  it('is the same for the same seed and hour, another for another seed', () => {
    const weather = siteWeather(place, NOON_MS);
    expect(siteWeather(place, NOON_MS)).toEqual(weather);
    expect(siteWeather({ ...place, seed: 2 }, NOON_MS)).not.toEqual(weather);
  });

  it('is warmer in the afternoon than before dawn', () => {
    const afternoon = siteWeather(place, NOON_MS + 3 * 3_600_000);
    const beforeDawn = siteWeather(place, NOON_MS + 17 * 3_600_000);
    expect(afternoon.outsideTempC).toBeGreaterThan(beforeDawn.outsideTempC + 4);
  });

  it('has the pressure of the site’s height', () => {
    expect(Math.abs(siteWeather(place, NOON_MS).pressureMbar - 864.5)).toBeLessThan(3);
  });

  it('has a dew point that meets the temperature in saturated air', () => {
    expect(dewPointC(12, 100)).toBeCloseTo(12, 9);
    expect(dewPointC(20, 50)).toBeCloseTo(9.3, 1);
  });
});
