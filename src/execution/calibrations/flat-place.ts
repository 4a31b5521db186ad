import { horizontalToIcrs, normalizeDeg, type RaDec, type Site, sunPosition } from '#sky';

/**
 * Where the twilight sky is most even: 13° from the zenith, away from the Sun (Chromey & Hasselbacher,
 * 1996, PASP 108, 944).
 */
const ZENITH_DISTANCE_DEG = 13;

/** That place at an instant (UTC ms), among the stars and in the sky of the site. */
export function flatPlace(site: Site, ms: number): RaDec & { readonly azDeg: number } {
  const azDeg = normalizeDeg(sunPosition(site, ms).azDeg + 180);
  return { azDeg, ...horizontalToIcrs({ altDeg: 90 - ZENITH_DISTANCE_DEG, azDeg }, site, ms) };
}
