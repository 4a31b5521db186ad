import { describe, expect, it } from 'vitest';
import { type FieldGeometry, projector, skyAt, wcsCards } from './wcs.ts';

const field: FieldGeometry = {
  center: { raDeg: 0.1, decDeg: 60 },
  width: 100,
  height: 80,
  pixelArcsec: 2,
};

describe('the sky in an image', () => {
  it('has the pointing at its middle', () => {
    expect(projector(field)(field.center)).toEqual({ x: 49.5, y: 39.5 });
  });

  it('has its middle where the header says, counted from 1', () => {
    const crpix = wcsCards(field).filter((card) => card.keyword.startsWith('CRPIX'));
    expect(crpix.map((card) => card.value)).toEqual([50.5, 40.5]);
  });

  it('has north up', () => {
    const north = projector(field)({ raDeg: 0.1, decDeg: 60 + 20 / 3600 });
    expect(north?.x).toBeCloseTo(49.5, 6);
    expect(north?.y).toBeCloseTo(49.5, 6);
  });

  it('has east left, also over the origin of right ascensions', () => {
    const east = projector({ ...field, center: { raDeg: 359.999, decDeg: 0 } });
    expect(east({ raDeg: 359.999 + 20 / 3600 - 360, decDeg: 0 })?.x).toBeCloseTo(39.5, 6);
  });

  it('does not show what is behind the telescope', () => {
    expect(projector(field)({ raDeg: 180, decDeg: -60 })).toBeNull();
  });

  it.each([
    [0, 0],
    [99, 79],
    [-2000, 5000],
  ])('goes from pixel (%d, %d) to the sky and back', (x, y) => {
    const back = projector(field)(skyAt(field, { x, y }));
    expect(back?.x).toBeCloseTo(x, 6);
    expect(back?.y).toBeCloseTo(y, 6);
  });
});
