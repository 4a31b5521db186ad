import { describe, expect, it } from 'vitest';
import { iso, parseIso } from './clock.ts';

describe('an instant in ISO-8601', () => {
  it('comes back as it was written', () => {
    expect(iso(parseIso('2014-04-23T21:08:24.000Z'))).toBe('2014-04-23T21:08:24.000Z');
  });

  it.each([
    ['2014-04-23T21:08:24', '2014-04-23T21:08:24.000Z'],
    ['2014-04-23T21:08', '2014-04-23T21:08:00.000Z'],
    ['2014-04-23', '2014-04-23T00:00:00.000Z'],
    ['2014-04-23T23:08:24.5+02:00', '2014-04-23T21:08:24.500Z'],
    ['2014-04-23T16:08:24-0500', '2014-04-23T21:08:24.000Z'],
    ['2024-02-29T12:00:00Z', '2024-02-29T12:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(iso(parseIso(text))).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '12 March 2014',
    'burst 1',
    '2014',
    '2014-02-30T00:00:00Z',
    '2023-02-29',
    '2014-13-01T00:00:00Z',
    '2014-04-23T25:00:00Z',
    '2014-04-23 21:08:24',
  ])('"%s" is refused', (text) => {
    expect(() => parseIso(text)).toThrow(RangeError);
  });
});
