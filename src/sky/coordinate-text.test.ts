import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { separationDeg } from './angles.ts';
import { formatDec, formatRa, parseCoordinates } from './coordinate-text.ts';

function parsed(text: string): { raDeg: number; decDeg: number } {
  const result = parseCoordinates(text);
  if (!result.ok) throw new Error(result.reason);
  return result;
}

function reasonFor(text: string): string {
  const result = parseCoordinates(text);
  return result.ok ? 'it was accepted' : result.reason;
}

describe('coordinates as people write them', () => {
  it.each([
    ['05:34:32 +22:00:52', 83.6333333, 22.0144444],
    ['5h34m32s +22d00m52s', 83.6333333, 22.0144444],
    ['5H34M32S+22D00M52S', 83.6333333, 22.0144444],
    ['5h 34m 32s, +22° 00′ 52″', 83.6333333, 22.0144444],
    ['05 34 32 22 00 52', 83.6333333, 22.0144444],
    ['20 54 05.689 +37 01 17.38', 313.5237042, 37.0214944],
    ['10:12:45.3-45:17:50', 153.18875, -45.2972222],
    ['10:12:45.3 − 45:17:50', 153.18875, -45.2972222],
    ['00:00:00 -00:30:00', 0, -0.5],
    ['23:59:59.99 +90:00:00', 359.9999583, 90],
    ['83.63 22.01', 83.63, 22.01],
    ['83.63, 22.01', 83.63, 22.01],
    ['350.123456 -17.33333', 350.123456, -17.33333],
    ['350.123456-17.33333', 350.123456, -17.33333],
    ['\t 83  -5 \n', 83, -5],
  ])('reads %j', (text, raDeg, decDeg) => {
    const place = parsed(text);
    expect(place.raDeg).toBeCloseTo(raDeg, 6);
    expect(place.decDeg).toBeCloseTo(decDeg, 6);
  });

  it.each([
    '',
    'M31',
    '83.63',
    '05:34:32',
    '05:34 +22:00',
    '05:34:32 +22.01',
    '10:12:45.345:17:50',
    '1 2 3 4',
    '-05:34:32 +22:00:52',
    '1e2 3',
    'NaN NaN',
    '05:34:32 +22:00:52 J2000',
  ])('refuses %j and says what to write', (text) => {
    expect(reasonFor(text)).toContain('05:34:32 +22:00:52');
  });

  it.each([
    ['24:00:00 +10:00:00', '24 hours'],
    ['05:60:00 +10:00:00', 'minutes'],
    ['05:00:00 +10:00:60', 'seconds'],
    ['05:00:00 +90:00:01', 'declination'],
    ['360 10', '360 degrees'],
    ['-1 10', '360 degrees'],
    ['10 -90.01', 'declination'],
  ])('refuses %j, out of range', (text, word) => {
    expect(reasonFor(text)).toContain(word);
  });

  it('refuses a very long text at once', () => {
    expect(reasonFor(`1${' '.repeat(1e6)}2`)).toContain('100 characters');
  });
});

describe('coordinates as PyROS writes them', () => {
  it.each([
    [83.6333333, '05:34:32.00'],
    [0, '00:00:00.00'],
    [359.999999999, '00:00:00.00'],
    [14.9999999999, '01:00:00.00'],
    [-15, '23:00:00.00'],
  ])('RA %d° is %s', (deg, text) => {
    expect(formatRa(deg)).toBe(text);
  });

  it.each([
    [22.0144444, '+22:00:52.0'],
    [-0.5, '-00:30:00.0'],
    [-1e-9, '+00:00:00.0'],
    [59.99999999, '+60:00:00.0'],
    [-90, '-90:00:00.0'],
  ])('Dec %d° is %s', (deg, text) => {
    expect(formatDec(deg)).toBe(text);
  });

  it('are read back within their last digit', () => {
    const ra = fc.double({ min: 0, max: 360, maxExcluded: true, noNaN: true });
    const dec = fc.double({ min: -90, max: 90, noNaN: true });
    fc.assert(
      fc.property(ra, dec, (raDeg, decDeg) => {
        const back = parsed(`${formatRa(raDeg)} ${formatDec(decDeg)}`);
        expect(separationDeg(back, { raDeg, decDeg }) * 3600).toBeLessThan(0.1);
      }),
    );
  });
});
