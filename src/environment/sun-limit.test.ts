import { describe, expect, it } from 'vitest';
import { sunRule } from './sun-limit.ts';

const calern = { name: 'Calern', latDeg: 43.75203, lonDeg: 6.92353, altitudeM: 1320 };
const night = {
  openSunAltDeg: -3,
  scienceSunAltDeg: -12,
  closeSunAltDeg: -8,
  minAltDeg: 25,
  moonDistanceDeg: 25,
};
const at = (text: string) => sunRule({ site: calern, night }, Date.parse(text));

describe('the rule of the Sun for an open dome', () => {
  it('is that of opening in the evening', () => {
    expect(at('2014-04-23T18:30:00Z').limitDeg).toBe(-3);
    expect(at('2014-04-23T23:00:00Z').limitDeg).toBe(-3);
  });

  it('is that of closing in the morning', () => {
    expect(at('2014-04-24T00:30:00Z').limitDeg).toBe(-8);
    expect(at('2014-04-24T04:00:00Z').limitDeg).toBe(-8);
  });

  it('tells where the Sun is', () => {
    expect(at('2014-04-23T21:08:24Z').sunAltDeg).toBeCloseTo(-24.9, 1);
  });
});
