import { Body } from 'astronomy-engine';
import { normalizeDeg, offsetBy, positionAngleDeg, type RaDec, separationDeg } from './angles.ts';
import type { Site } from './site.ts';
import { bodyPosition } from './sun-moon.ts';
import type { BodyName, EphemerisTarget, FixedTarget, SkyTarget } from './target.ts';

const YEAR_MS = 365.25 * 86_400_000;
const J2000_MS = Date.UTC(2000, 0, 1, 12);
const MAS_PER_DEG = 3_600_000;

/**
 * The ICRS place of a target at an instant (UTC ms), seen from a site: proper motion applied, the
 * parallax of the Moon and planets included, ephemeris points joined by great circles. Before the
 * first and after the last point of an ephemeris its end holds.
 */
export function placeOf(target: SkyTarget, site: Site, ms: number): RaDec {
  if (target.kind === 'BODY') return bodyPosition(bodies[target.body], site, ms);
  if (target.kind === 'EPHEMERIS') return placeOnPath(target, ms);
  return placeOfStar(target, ms);
}

const bodies: Readonly<Record<BodyName, Body>> = {
  Moon: Body.Moon,
  Mercury: Body.Mercury,
  Venus: Body.Venus,
  Mars: Body.Mars,
  Jupiter: Body.Jupiter,
  Saturn: Body.Saturn,
  Uranus: Body.Uranus,
  Neptune: Body.Neptune,
};

function placeOfStar(star: FixedTarget, ms: number): RaDec {
  const { raDeg, decDeg, pmRaMasPerYear: east = 0, pmDecMasPerYear: north = 0 } = star;
  if (east === 0 && north === 0) return { raDeg, decDeg };
  const years = 2000 + (ms - J2000_MS) / YEAR_MS - (star.epoch ?? 2000);
  const way = (Math.hypot(east, north) * years) / MAS_PER_DEG;
  const bearing = (Math.atan2(east, north) * 180) / Math.PI;
  return offsetBy({ raDeg, decDeg }, bearing, way);
}

function placeOnPath({ points }: EphemerisTarget, ms: number): RaDec {
  const next = firstAfter(points, ms);
  const to = points[next] ?? points.at(-1);
  const from = points[next - 1] ?? to;
  if (!from || !to) return { raDeg: Number.NaN, decDeg: Number.NaN };
  if (to.ms <= from.ms) return { raDeg: normalizeDeg(to.raDeg), decDeg: to.decDeg };
  const share = (ms - from.ms) / (to.ms - from.ms);
  return offsetBy(from, positionAngleDeg(from, to), share * separationDeg(from, to));
}

/** The number of the first point after an instant, which is their count when there is none. */
function firstAfter(points: EphemerisTarget['points'], ms: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.ms ?? 0) > ms) high = middle;
    else low = middle + 1;
  }
  return low;
}
