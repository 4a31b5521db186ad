import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  type AstropyReference,
  bodyErrors,
  figuresOf,
  motionErrors,
  siderealErrors,
  starErrors,
  withSmallDut1,
} from '../src/sky/reference/sky-comparison.ts';
import { needs } from './needs.ts';

const PYTHON = '/usr/bin/python3';
const SCRIPT = fileURLToPath(new URL('../src/sky/reference/make-reference.py', import.meta.url));

/** Other sites, instants and stars than the stored ones; undefined where astropy is not installed. */
function liveReference(): AstropyReference | undefined {
  if (!needs('astropy').available) return undefined;
  const { status, stdout, stderr } = spawnSync(PYTHON, [SCRIPT, '--json', '--seed', '7'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`make-reference.py failed: ${stderr}`);
  return JSON.parse(stdout) as AstropyReference;
}

const live = liveReference();

describe.skipIf(!live)('against astropy, live', () => {
  const reference = live as AstropyReference;
  const rowsOf = (name: string) => reference.bodies.filter(([body]) => body === name);

  it('192 stars at 4 drawn sites and 6 instants stand within 1″ with UT1 − UTC', () => {
    expect(reference.stars).toHaveLength(192);
    expect(figuresOf(starErrors(reference, 'given')).max).toBeLessThan(1);
  });

  it('stars stand within 2″ without UT1 − UTC where it is below 0.1 s', () => {
    const calm = withSmallDut1(reference, 0.1);
    expect(calm.stars.length).toBeGreaterThan(0);
    expect(figuresOf(starErrors(calm, 'left out')).max).toBeLessThan(2);
  });

  it('sidereal time is within 0.01 s', () => {
    expect(figuresOf(siderealErrors(reference)).max).toBeLessThan(0.01);
  });

  it('Sun and Moon stand within 5″', () => {
    expect(figuresOf(bodyErrors(reference, rowsOf('Sun'))).max).toBeLessThan(5);
    expect(figuresOf(bodyErrors(reference, rowsOf('Moon'))).max).toBeLessThan(5);
  });

  it('planets stand as well as astropy’s short series allows', () => {
    expect(figuresOf(bodyErrors(reference, reference.planets)).max).toBeLessThan(90);
  });

  it('the fastest stars have gone where they should, within 0.05″', () => {
    expect(figuresOf(motionErrors(reference)).max).toBeLessThan(0.05);
  });

  it.skipIf(!live?.ephem.length)('Moon and planets agree with PyEphem within 5″ and 20″', () => {
    const moon = reference.ephem.filter(([body]) => body === 'Moon');
    expect(figuresOf(bodyErrors(reference, moon)).max).toBeLessThan(5);
    expect(figuresOf(bodyErrors(reference, reference.ephem)).max).toBeLessThan(20);
  });
});
