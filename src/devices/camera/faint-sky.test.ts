import { describe, expect, it } from 'vitest';
import { catalogueGalaxy, clusterStars, type Galaxy, visitFaintSky } from './faint-sky.ts';
import { isWithin, type SkyArea, type Star } from './star-catalogue.ts';

const pole: SkyArea = { center: { raDeg: 192.86, decDeg: 27.13 }, radiusDeg: 0.5 };
const plane: SkyArea = { center: { raDeg: 290, decDeg: 15 }, radiusDeg: 0.5 };

/** What the made-up sky holds inside an area, without what it adds around it. */
function within(area: SkyArea, seed = 1): { stars: Star[]; galaxies: Galaxy[] } {
  const stars: Star[] = [];
  const galaxies: Galaxy[] = [];
  visitFaintSky(area, seed, {
    star: (star) => isWithin(star, area) && stars.push(star),
    galaxy: (galaxy) => isWithin(galaxy, area) && galaxies.push(galaxy),
  });
  return { stars, galaxies };
}

describe('the made-up sky', () => {
  it('is the same at every visit', () => {
    expect(within(pole)).toEqual(within(pole));
  });

  it('is another one for another seed', () => {
    expect(within(pole, 2).stars).not.toEqual(within(pole, 1).stars);
  });

  it('has the same stars in fields that overlap', () => {
    const shifted = { center: { raDeg: 193.1, decDeg: 27.3 }, radiusDeg: 0.5 };
    const common = (stars: readonly Star[]) =>
      stars.filter((star) => isWithin(star, pole) && isWithin(star, shifted)).sort(byPlace);
    expect(common(within(shifted).stars)).toEqual(common(within(pole).stars));
    expect(common(within(pole).stars).length).toBeGreaterThan(100);
  });

  it('has the same stars on both sides of the origin of right ascensions', () => {
    const west = within({ center: { raDeg: 359.9, decDeg: 30 }, radiusDeg: 0.5 }).stars;
    const area = { center: { raDeg: 0.1, decDeg: 30 }, radiusDeg: 0.2 };
    const normal = (star: Star) => ((star.raDeg + 360) % 360).toFixed(9);
    const seen = new Set(west.map(normal));
    expect(within(area).stars.every((star) => seen.has(normal(star)))).toBe(true);
  });

  it('begins where the catalogue ends', () => {
    const magnitudes = within(plane).stars.map((star) => star.magnitude);
    expect(Math.min(...magnitudes)).toBeGreaterThan(8);
    expect(Math.max(...magnitudes)).toBeLessThanOrEqual(20);
  });

  it('has as many stars to magnitude 18 as are counted at the galactic pole', () => {
    const areaDeg2 = Math.PI * 0.5 ** 2;
    const count = within(pole).stars.filter((star) => star.magnitude < 18).length / areaDeg2;
    expect(count).toBeGreaterThan(450);
    expect(count).toBeLessThan(750);
  });

  it('has many more stars in the Milky Way, and no galaxies', () => {
    expect(within(plane).stars.length).toBeGreaterThan(20 * within(pole).stars.length);
    expect(within(plane).galaxies.length).toBeLessThan(20);
    expect(within(pole).galaxies.length).toBeGreaterThan(100);
  });

  it.each([90, -90])('has stars at the celestial pole of declination %d', (decDeg) => {
    const { stars } = within({ center: { raDeg: 0, decDeg }, radiusDeg: 0.5 });
    expect(stars.length).toBeGreaterThan(500);
  });
});

describe('a cluster', () => {
  const m67 = { raDeg: 132.825, decDeg: 11.8, majorArcmin: 25, minorArcmin: 25 };

  it('has members whose light adds up to about its magnitude', () => {
    const stars = clusterStars({ ...m67, kind: 'open', magnitude: 12 }, 1);
    const flux = stars.reduce((sum, star) => sum + 10 ** (-0.4 * star.magnitude), 0);
    expect(Math.abs(-2.5 * Math.log10(flux) - 12)).toBeLessThan(0.6);
  });

  it('leaves the stars that the catalogue holds to the catalogue', () => {
    const stars = clusterStars({ ...m67, kind: 'open', magnitude: 3 }, 1);
    expect(Math.min(...stars.map((star) => star.magnitude))).toBeGreaterThan(8);
  });

  it('is made of nothing when it is a galaxy', () => {
    const galaxy = { ...m67, kind: 'galaxy' as const, magnitude: 9, minorArcmin: 5 };
    expect(clusterStars(galaxy, 1)).toEqual([]);
    expect(catalogueGalaxy(galaxy, 1)).toMatchObject({ magnitude: 9, axisRatio: 0.2 });
  });
});

function byPlace(a: Star, b: Star): number {
  return a.decDeg - b.decDeg || a.raDeg - b.raDeg;
}
