import { describe, expect, it } from 'vitest';
import { angle, compass, decimal, declination, radius, rightAscension } from './angle.ts';

describe('coordinates', () => {
  it('write the right ascension in hours', () => {
    expect(rightAscension(202.469_58)).toBe('13:29:53');
  });

  it('carry rounding past 24 h', () => {
    expect(rightAscension(359.9999)).toBe('00:00:00');
  });

  it('write the declination with its sign', () => {
    expect(declination(47.195_28)).toBe('+47:11:43');
    expect(declination(-0.5)).toBe('−00:30:00');
  });

  it('never write minus zero', () => {
    expect(declination(-0.00001)).toBe('+00:00:00');
    expect(decimal(-0.01, 1)).toBe('0.0');
  });

  it('write a dash for an angle that is not known', () => {
    expect(angle(null)).toBe('–');
    expect(angle(-4.25, 1)).toBe('−4.3°');
  });

  it.each([
    [0, 'N'],
    [359, 'N'],
    [88, 'E'],
    [225, 'SW'],
  ])('name azimuth %s %s', (azimuth, name) => expect(compass(azimuth)).toBe(name));
});

describe('the radius of an error circle', () => {
  it.each([
    [2.5, '2.5°'],
    [0.05, '3.0′'],
    [0.0013, '4.7″'],
    [0, '0.0″'],
  ])('of %f degrees reads %s', (degrees, text) => expect(radius(degrees)).toBe(text));
});
