import type { SkyPoint } from '#fits';
import { hash32, type Random, seededRandom } from '#platform';
import {
  COMPLETE_TO_MAGNITUDE,
  type DeepSkyObject,
  isWithin,
  type SkyArea,
  type Star,
} from './star-catalogue.ts';

/** A galaxy as it is drawn: an exponential disc. */
export interface Galaxy extends Star {
  /** Scale length along the major axis, arcseconds. */
  readonly scaleArcsec: number;
  /** Minor over major axis. */
  readonly axisRatio: number;
  /** Of the major axis, from north through east, degrees. */
  readonly positionAngleDeg: number;
}

/** Who is told of what there is. */
export interface FaintSky {
  star(star: Star): void;
  galaxy(galaxy: Galaxy): void;
}

const RADIANS = Math.PI / 180;
/** Side of a cell of the sky, degrees: small, so that a field asks for little beyond its edges. */
const CELL_DEG = 0.1;
const FAINTEST = 20;
const GALAXY_BRIGHTEST = 14;
/** Galaxies brighter than magnitude 20 on a square degree, out of the plane of the Milky Way. */
const GALAXIES_PER_DEG2 = 400;
const GALAXY_SLOPE = 0.5;

/**
 * The stars and galaxies fainter than the catalogue in an area (and a little around it), made up:
 * the same for ever for one `seed`, cell by cell of the sky, so that every visit and every camera
 * sees the same ones.
 */
export function visitFaintSky(area: SkyArea, seed: number, visit: FaintSky): void {
  const { center, radiusDeg } = area;
  const reached = { center, radiusDeg: radiusDeg + CELL_DEG };
  const lastBand = Math.round(180 / CELL_DEG) - 1;
  const south = Math.max(0, Math.floor((center.decDeg - radiusDeg + 90) / CELL_DEG));
  const north = Math.min(lastBand, Math.floor((center.decDeg + radiusDeg + 90) / CELL_DEG));
  for (let band = south; band <= north; band++) {
    const decDeg = (band + 0.5) * CELL_DEG - 90;
    const cells = Math.max(1, Math.round((360 * Math.cos(decDeg * RADIANS)) / CELL_DEG));
    const reach = Math.ceil((cells * radiusDeg) / 360 / Math.cos(poleward(area) * RADIANS)) + 1;
    const home = Math.floor((center.raDeg / 360) * cells);
    const span = Math.min(2 * reach + 1, cells);
    for (let k = 0; k < span; k++) {
      const cell = (((home - reach + k) % cells) + cells) % cells;
      const middle = { raDeg: ((cell + 0.5) * 360) / cells, decDeg };
      if (!isWithin(middle, reached)) continue;
      visitCell(middle, 360 / cells, {
        random: seededRandom(hash32(`${seed}/${band}/${cell}`)),
        visit,
      });
    }
  }
}

/** The declination of an area nearest to a pole, short of the pole itself. */
function poleward({ center, radiusDeg }: SkyArea): number {
  return Math.min(89.99, Math.abs(center.decDeg) + radiusDeg);
}

function visitCell(
  middle: SkyPoint,
  widthDeg: number,
  { random, visit }: { random: Random; visit: FaintSky },
): void {
  const areaDeg2 = widthDeg * Math.cos(middle.decDeg * RADIANS) * CELL_DEG;
  const { latDeg, lonDeg } = galactic(middle);
  const counts = starCounts(latDeg, lonDeg);
  const place = () => ({
    raDeg: middle.raDeg + (random.next() - 0.5) * widthDeg,
    decDeg: middle.decDeg + (random.next() - 0.5) * CELL_DEG,
  });
  const bright = cumulative(counts, COMPLETE_TO_MAGNITUDE);
  const all = cumulative(counts, FAINTEST);
  for (let n = poisson((all - bright) * areaDeg2, random); n > 0; n--) {
    const magnitude = magnitudeAt(counts, bright + (all - bright) * random.next());
    visit.star({ ...place(), magnitude });
  }
  const dust = 1 - Math.exp(-((latDeg / 15) ** 2));
  for (let n = poisson(GALAXIES_PER_DEG2 * dust * areaDeg2, random); n > 0; n--) {
    visit.galaxy(faintGalaxy(place(), random));
  }
}

function faintGalaxy(place: SkyPoint, random: Random): Galaxy {
  const rarest = 10 ** (GALAXY_SLOPE * (GALAXY_BRIGHTEST - FAINTEST));
  const rank = rarest + (1 - rarest) * random.next();
  const magnitude = FAINTEST + Math.log10(rank) / GALAXY_SLOPE;
  return {
    ...place,
    magnitude,
    scaleArcsec: 2.5 * 10 ** (-0.2 * (magnitude - 17)) * (0.7 + 0.6 * random.next()),
    axisRatio: 0.3 + 0.7 * random.next(),
    positionAngleDeg: 180 * random.next(),
  };
}

/** `log10 N(<m) = a + b (m - 16) + c (m - 16)^2`, stars a square degree. */
interface StarCounts {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Fits to the mean star counts by galactic latitude of Allen's Astrophysical Quantities. */
const AT_POLE: StarCounts = { a: 2.33, b: 0.235, c: -0.0125 };
const IN_PLANE: StarCounts = { a: 3.55, b: 0.375, c: -0.004 };

function starCounts(latDeg: number, lonDeg: number): StarCounts {
  const plane = Math.exp(-Math.abs(latDeg) / 25);
  const mix = (pole: number, disc: number) => pole + (disc - pole) * plane;
  // More stars towards the centre of the Galaxy than away from it.
  const towardsCentre = 0.2 * plane * Math.cos(lonDeg * RADIANS);
  return {
    a: mix(AT_POLE.a, IN_PLANE.a) + towardsCentre,
    b: mix(AT_POLE.b, IN_PLANE.b),
    c: mix(AT_POLE.c, IN_PLANE.c),
  };
}

function cumulative({ a, b, c }: StarCounts, magnitude: number): number {
  const x = magnitude - 16;
  return 10 ** (a + b * x + c * x * x);
}

/** The magnitude to which there are so many stars: the inverse of `cumulative`. */
function magnitudeAt({ a, b, c }: StarCounts, count: number): number {
  const rest = Math.log10(count) - a;
  return 16 + (Math.sqrt(Math.max(0, b * b + 4 * c * rest)) - b) / (2 * c);
}

/** Galactic latitude and longitude; the pole and the angle are the definition's, in ICRS. */
function galactic({ raDeg, decDeg }: SkyPoint): { latDeg: number; lonDeg: number } {
  const poleDec = 27.12825 * RADIANS;
  const ra = (raDeg - 192.85948) * RADIANS;
  const dec = decDeg * RADIANS;
  const y = Math.cos(dec) * Math.sin(ra);
  const x = Math.cos(poleDec) * Math.sin(dec) - Math.sin(poleDec) * Math.cos(dec) * Math.cos(ra);
  const z = Math.sin(poleDec) * Math.sin(dec) + Math.cos(poleDec) * Math.cos(dec) * Math.cos(ra);
  return {
    latDeg: Math.asin(Math.min(1, Math.max(-1, z))) / RADIANS,
    lonDeg: 122.93192 - Math.atan2(y, x) / RADIANS,
  };
}

/** A Poisson deviate: by multiplication (Knuth) when small, by its normal limit when large. */
function poisson(mean: number, random: Random): number {
  if (mean > 40) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count++;
  return count;
}

/** How the stars of a cluster are strewn and how bright they are. */
const CLUSTERS = {
  /** Brightest star against the whole, log-count per magnitude, magnitudes drawn, core over size. */
  open: { firstMag: 3, slope: 0.25, depthMag: 7, core: 1 / 5 },
  globular: { firstMag: 6, slope: 0.3, depthMag: 5, core: 1 / 12 },
} as const;

/** The members of a cluster that the catalogue does not hold: their light adds up to the cluster's. */
export function clusterStars(cluster: DeepSkyObject, seed: number): Star[] {
  if (cluster.kind === 'galaxy') return [];
  const { firstMag, slope, depthMag, core } = CLUSTERS[cluster.kind];
  const random = seededRandom(hash32(`${seed}/${cluster.raDeg}/${cluster.decDeg}`));
  const brightest = (10 ** (0.4 * firstMag) * (0.4 - slope)) / slope;
  const total = Math.round(brightest * 10 ** (slope * depthMag));
  const radiusDeg = (cluster.majorArcmin / 60) * core;
  const stars = Array.from({ length: total }, () => {
    const rank = brightest + (total - brightest) * random.next();
    const magnitude = cluster.magnitude + firstMag + Math.log10(rank / brightest) / slope;
    // Plummer's law, cut where it holds 96 % of the stars.
    const within = 0.96 * random.next();
    const distance = radiusDeg * Math.sqrt(within / (1 - within));
    const angle = 2 * Math.PI * random.next();
    const dec = cluster.decDeg + distance * Math.cos(angle);
    const ra = (distance * Math.sin(angle)) / Math.cos(cluster.decDeg * RADIANS);
    return { raDeg: cluster.raDeg + ra, decDeg: dec, magnitude };
  });
  return stars.filter((star) => star.magnitude > COMPLETE_TO_MAGNITUDE);
}

/** A catalogued galaxy as it is drawn; the catalogue gives no position angle. */
export function catalogueGalaxy(object: DeepSkyObject, seed: number): Galaxy {
  const random = seededRandom(hash32(`${seed}/${object.raDeg}/${object.decDeg}`));
  return {
    raDeg: object.raDeg,
    decDeg: object.decDeg,
    magnitude: object.magnitude,
    // The visible edge of a disc lies near three and a half scale lengths.
    scaleArcsec: (object.majorArcmin * 60) / 7,
    axisRatio: Math.max(0.15, object.minorArcmin / object.majorArcmin),
    positionAngleDeg: 180 * random.next(),
  };
}
