import { describe, expect, it } from 'vitest';
import { isWithin, objectsNear, parseDeepSky, parseStars, starsNear } from './star-catalogue.ts';
import { brightStars, skyCatalogue } from './star-catalogue-file.ts';

const praesepe = { raDeg: 130.1, decDeg: 19.67 };

describe('the star catalogue', () => {
  it('holds the whole sky to magnitude 8', () => {
    const { stars } = skyCatalogue();
    expect(stars.length).toBe(41_411);
    expect(Math.max(...stars.map((star) => star.magnitude))).toBe(8);
  });

  it('has Sirius at its place as the brightest star', () => {
    const [sirius, ...others] = brightStars(-1);
    expect(others).toEqual([]);
    expect(sirius?.raDeg).toBeCloseTo(101.2872, 3);
    expect(sirius?.decDeg).toBeCloseTo(-16.7161, 3);
  });

  it('is read once', () => {
    expect(skyCatalogue()).toBe(skyCatalogue());
  });

  it('finds in an area exactly the stars that lie in it', () => {
    const { stars } = skyCatalogue();
    for (const center of [praesepe, { raDeg: 0.1, decDeg: -45 }, { raDeg: 77, decDeg: 89.5 }]) {
      const area = { center, radiusDeg: 2 };
      const expected = stars.filter((star) => isWithin(star, area));
      expect(expected.length).toBeGreaterThan(0);
      expect(starsNear(stars, area)).toEqual(expected);
    }
  });

  it('finds a cluster whose edge alone reaches into the area', () => {
    const area = { center: { raDeg: 130.1, decDeg: 20.5 }, radiusDeg: 0.3 };
    const found = objectsNear(skyCatalogue().deepSky, area);
    expect(found).toContainEqual(expect.objectContaining({ kind: 'open', magnitude: 3.1 }));
  });

  it('reads ten little-endian bytes a star', () => {
    const bytes = Uint8Array.of(0x40, 0x42, 0x0f, 0, 0xc0, 0xbd, 0xf0, 0xff, 0x70, 0xff);
    expect(parseStars(bytes)).toEqual([{ raDeg: 1, decDeg: -1, magnitude: -1.44 }]);
  });

  it('reads one cluster or galaxy a line', () => {
    const text =
      'kind,raDeg,decDeg,magnitude,majorArcmin,minorArcmin\nopen,132.825,11.8,6.9,25,25\n';
    expect(parseDeepSky(text)).toEqual([
      {
        kind: 'open',
        raDeg: 132.825,
        decDeg: 11.8,
        magnitude: 6.9,
        majorArcmin: 25,
        minorArcmin: 25,
      },
    ]);
  });
});
