import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convert, convertDifference, kindOf } from './unit-conversion.ts';

describe('a conversion', () => {
  it.each([
    [50, '°F', 'Celcius', 10],
    [283.15, 'K', 'C', 10],
    [36, 'km/h', 'm/s', 10],
    [10, 'kt', 'm/s', 5.1444],
    [10, 'mph', 'm/s', 4.4704],
    [1013.25, 'hPa', 'mbar', 1013.25],
    [101_325, 'Pa', 'hPa', 1013.25],
    [29.9213, 'inHg', 'hPa', 1013.25],
    [760, 'mmHg', 'mbar', 1013.25],
    [1, 'in/h', 'mm/h', 25.4],
    [0.85, 'fraction', 'percent', 85],
    [10, 'm/s', 'km/h', 36],
    [-40, 'Celcius', 'F', -40],
  ])('of %d %s to %s gives %d', (value, from, to, expected) => {
    expect(convert(value, from, to)).toBeCloseTo(expected, 2);
  });

  it.each([
    ['m/s', 'Celcius'],
    ['furlong', 'm/s'],
    ['', 'percent'],
    ['deg', 'Celcius'],
  ])('of %s to %s is refused, not guessed', (from, to) => {
    expect(convert(1, from, to)).toBeNull();
  });

  it('of a unit that is not known to itself changes nothing', () => {
    expect(convert(7, 'ADU', 'ADU')).toBe(7);
    expect(kindOf('ADU')).toBeNull();
  });

  it('of a difference leaves out the zero', () => {
    expect(convertDifference(9, 'F', 'Celcius')).toBeCloseTo(5, 9);
    expect(convertDifference(2, 'K', 'Celcius')).toBeCloseTo(2, 9);
  });

  it('goes there and back', () => {
    const speeds = fc.constantFrom('m/s', 'km/h', 'kt', 'mph');
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), speeds, speeds, (value, a, b) => {
        expect(convert(convert(value, a, b) ?? Number.NaN, b, a)).toBeCloseTo(value, 9);
      }),
    );
  });
});
