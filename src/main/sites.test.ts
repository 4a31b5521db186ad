import { expect, test } from 'vitest';
import { chooseSite } from './sites.ts';

test('a site is found by its name, in any case of letters', () => {
  expect(chooseSite('la silla')).toMatchObject({ name: 'La Silla', altitudeM: 2398 });
});

test('a site may be written as latitude, longitude and altitude', () => {
  expect(chooseSite('-30.5,-70.25,2200')).toEqual({
    name: '-30.5,-70.25,2200',
    latDeg: -30.5,
    lonDeg: -70.25,
    altitudeM: 2200,
  });
});

test.each(['Atlantis', '95,0,0', '1,2', '1,2,x', ''])(
  '"%s" is refused with the choices',
  (text) => {
    expect(() => chooseSite(text)).toThrowError(
      expect.objectContaining({ code: 'SITE_UNKNOWN', remedy: expect.stringContaining('Calern') }),
    );
  },
);
