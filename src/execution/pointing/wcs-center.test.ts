import { describe, expect, it } from 'vitest';
import { skyAt, wcsCards } from '#fits';
import { separationDeg } from '#sky';
import { offsetTo } from './aim.ts';
import { wcsCenter } from './wcs-center.ts';

const field = { center: { raDeg: 10, decDeg: 70 }, width: 640, height: 480, pixelArcsec: 2 };
const size = [
  { keyword: 'NAXIS1', value: 640 },
  { keyword: 'NAXIS2', value: 480 },
];

describe('the sky at the middle of an image', () => {
  it('is the reference of our own images', () => {
    expect(wcsCenter([...wcsCards(field), ...size])).toMatchObject({ raDeg: 10, decDeg: 70 });
  });

  it('is found when the reference is a corner', () => {
    const corner = skyAt(field, { x: 0, y: 0 });
    const stepX = offsetTo(corner, skyAt(field, { x: 1, y: 0 }));
    const stepY = offsetTo(corner, skyAt(field, { x: 0, y: 1 }));
    const cards = [
      ...size,
      { keyword: 'CRPIX1', value: 1 },
      { keyword: 'CRPIX2', value: 1 },
      { keyword: 'CRVAL1', value: corner.raDeg },
      { keyword: 'CRVAL2', value: corner.decDeg },
      { keyword: 'CD1_1', value: stepX.raArcsec / 3600 },
      { keyword: 'CD1_2', value: stepY.raArcsec / 3600 },
      { keyword: 'CD2_1', value: stepX.decArcsec / 3600 },
      { keyword: 'CD2_2', value: stepY.decArcsec / 3600 },
    ];
    const center = wcsCenter(cards);
    expect(center && separationDeg(center, field.center) * 3600).toBeLessThan(0.1);
  });

  it('takes the size that a solver tells in a file without an image', () => {
    const cards = wcsCards(field).concat(
      { keyword: 'IMAGEW', value: 640 },
      { keyword: 'IMAGEH', value: 480 },
    );
    expect(wcsCenter([{ keyword: 'NAXIS1', value: 0 }, ...cards])?.raDeg).toBeCloseTo(10, 9);
  });

  it('reads CDELT too', () => {
    const old = [
      ...size,
      ...wcsCards(field).filter(({ keyword }) => !keyword.startsWith('CD')),
      { keyword: 'CDELT1', value: -2 / 3600 },
      { keyword: 'CDELT2', value: 2 / 3600 },
    ];
    expect(wcsCenter(old)?.decDeg).toBeCloseTo(70, 9);
  });

  it('is not known without a whole solution', () => {
    expect(wcsCenter(size)).toBeNull();
  });
});
