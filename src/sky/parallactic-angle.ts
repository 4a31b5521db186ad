import { normalizeSignedDeg, positionAngleDeg } from './angles.ts';
import type { AltAz } from './horizontal.ts';

/**
 * The angle at a direction between the celestial north pole and the zenith, degrees in (−180, 180]:
 * the position angle of "up" on an image, positive in the west, for the pole and equinox of date.
 */
export function parallacticAngleDeg({ altDeg, azDeg }: AltAz, latDeg: number): number {
  const place = { raDeg: azDeg, decDeg: altDeg };
  return normalizeSignedDeg(positionAngleDeg(place, { raDeg: 0, decDeg: latDeg }));
}
