import { describe, expect, it } from 'vitest';
import { ASTROPY } from './astropy-reference.ts';
import {
  type BodyRow,
  bodyErrors,
  figuresOf,
  motionErrors,
  siderealErrors,
  starErrors,
  twilightErrors,
  withSmallDut1,
} from './sky-comparison.ts';

const rowsOf = (rows: readonly BodyRow[], ...names: string[]) =>
  rows.filter(([name]) => names.includes(name));

describe('against astropy, stored', () => {
  it('90 stars stand within 1″ when UT1 − UTC is given', () => {
    expect(ASTROPY.stars).toHaveLength(90);
    const { median, max } = figuresOf(starErrors(ASTROPY, 'given'));
    expect(max).toBeLessThan(1);
    expect(median).toBeLessThan(0.5);
  });

  it('stars stand within 2″ without UT1 − UTC where it is below 0.1 s', () => {
    const calm = withSmallDut1(ASTROPY, 0.1);
    expect(calm.stars).toHaveLength(30);
    expect(figuresOf(starErrors(calm, 'left out')).max).toBeLessThan(2);
  });

  it('stars are up to 15″ off for each second of UT1 − UTC that is left out', () => {
    const { max } = figuresOf(starErrors(ASTROPY, 'left out'));
    expect(max).toBeGreaterThan(5);
    expect(max).toBeLessThan(15.05 * 0.661112 + 1);
  });

  it('sidereal time is within 0.01 s', () => {
    expect(figuresOf(siderealErrors(ASTROPY)).max).toBeLessThan(0.01);
  });

  it('the Sun stands within 5″', () => {
    const errors = bodyErrors(ASTROPY, rowsOf(ASTROPY.bodies, 'Sun'));
    expect(errors).toHaveLength(30);
    expect(figuresOf(errors).max).toBeLessThan(5);
  });

  it('the Moon stands within 5″ of the long lunar series', () => {
    const errors = bodyErrors(ASTROPY, rowsOf(ASTROPY.ephem, 'Moon'));
    expect(errors).toHaveLength(12);
    expect(figuresOf(errors).max).toBeLessThan(5);
  });

  it('the Moon stands within 5″ of astropy’s short series, and 15″ where that one strays', () => {
    const errors = bodyErrors(ASTROPY, rowsOf(ASTROPY.bodies, 'Moon'));
    expect(figuresOf(errors).median).toBeLessThan(5);
    expect(figuresOf(errors).max).toBeLessThan(15);
  });

  it.each([
    ['Mercury', 5],
    ['Venus', 10],
    ['Mars', 10],
    ['Jupiter', 10],
    ['Saturn', 20],
    ['Uranus', 20],
    ['Neptune', 20],
  ])('%s stands within %d″ of the long planetary series', (name, limit) => {
    const errors = bodyErrors(ASTROPY, rowsOf(ASTROPY.ephem, name));
    expect(errors).toHaveLength(12);
    expect(figuresOf(errors).max).toBeLessThan(limit);
  });

  it.each([
    ['the inner planets', ['Mercury', 'Venus', 'Mars'], 10],
    ['the outer planets', ['Jupiter', 'Saturn', 'Uranus', 'Neptune'], 90],
  ])('%s stand as well as astropy’s short series allows', (_who, names, limit) => {
    const errors = bodyErrors(ASTROPY, rowsOf(ASTROPY.planets, ...names));
    expect(figuresOf(errors).max).toBeLessThan(limit);
  });

  it('the fastest stars have gone where they should, from 1980 to 2050, within 0.05″', () => {
    const errors = motionErrors(ASTROPY);
    expect(errors).toHaveLength(12);
    expect(figuresOf(errors).max).toBeLessThan(0.05);
  });

  it('the Sun passes its twilights within 2 s', () => {
    const errors = twilightErrors(ASTROPY);
    expect(errors).toHaveLength(64);
    expect(figuresOf(errors).max).toBeLessThan(2);
  });
});
