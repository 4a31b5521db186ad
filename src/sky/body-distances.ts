import { separationDeg } from './angles.ts';
import type { Site } from './site.ts';
import { moonPosition, sunPosition } from './sun-moon.ts';
import type { SkyTarget } from './target.ts';
import { placeOf } from './target-place.ts';

/** How far a target is from what dazzles, degrees in [0, 180]. */
export interface BodyDistances {
  readonly moonDeg: number;
  readonly sunDeg: number;
}

/** The angles from a target to the centres of the Moon and the Sun, from a site at an instant. */
export function bodyDistances(target: SkyTarget, site: Site, ms: number): BodyDistances {
  const place = placeOf(target, site, ms);
  return {
    moonDeg: separationDeg(place, moonPosition(site, ms)),
    sunDeg: separationDeg(place, sunPosition(site, ms)),
  };
}
