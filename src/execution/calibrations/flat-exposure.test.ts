import { describe, expect, it } from 'vitest';
import { flatFault, flatOrder, medianOf, nextFlat } from './flat-exposure.ts';

const spec = { images: 5, adu: 20_000, leastSeconds: 1, mostSeconds: 60 };

describe('the next flat', () => {
  it('is so long that it reaches the wanted level', () => {
    const step = nextFlat(spec, 'dusk', { seconds: 2, adu: 10_000 });
    expect(step).toEqual({ kind: 'expose', seconds: 4 });
  });

  it('waits at dusk for a sky that is still too bright, and is over at dawn', () => {
    const bright = { seconds: 1, adu: 50_000 };
    expect(nextFlat(spec, 'dusk', bright)).toEqual({ kind: 'wait' });
    expect(nextFlat(spec, 'dawn', bright)).toEqual({ kind: 'over' });
  });

  it('is over at dusk when the sky is too dark, and waits at dawn', () => {
    const dark = { seconds: 1, adu: 20 };
    expect(nextFlat(spec, 'dusk', dark)).toEqual({ kind: 'over' });
    expect(nextFlat(spec, 'dawn', dark)).toEqual({ kind: 'wait' });
  });

  it('takes an image without any light for a dark sky', () => {
    expect(nextFlat(spec, 'dusk', { seconds: 1, adu: -3 })).toEqual({ kind: 'over' });
  });
});

describe('a flat', () => {
  it('counts when its level is about the wanted one', () => {
    expect(flatFault(spec, { seconds: 1, adu: 15_000 }, 1000)).toBeNull();
  });

  it.each([
    [3_000, /too faint/],
    [40_000, /too bright/],
    [59_500, /saturated/],
  ])('of %d counts does not', (adu, fault) => {
    expect(flatFault(spec, { seconds: 1, adu }, 1000)).toMatch(fault);
  });
});

describe('the order of the filters', () => {
  const filters = [
    { name: 'g', zeroPointMag: 25.3, wavelengthNm: 475 },
    { name: 'y', zeroPointMag: 23.3, wavelengthNm: 1000 },
    { name: 'r', zeroPointMag: 25.2, wavelengthNm: 620 },
    { name: 'u', zeroPointMag: 23.3, wavelengthNm: 360 },
  ];
  const names = (moment: 'dusk' | 'dawn') => flatOrder(filters, moment).map(({ name }) => name);

  it('begins at dusk with those that need most light, of equals with the bluest', () => {
    expect(names('dusk')).toEqual(['u', 'y', 'r', 'g']);
  });

  it('is the other way round at dawn', () => {
    expect(names('dawn')).toEqual(['g', 'r', 'y', 'u']);
  });
});

it('the median of an image is the middle of its values', () => {
  expect(medianOf(Uint16Array.of(5, 65_535, 1, 7, 6))).toBe(6);
});
