import type { SkyPoint } from '#fits';

/** A star: ICRS degrees and visual magnitude. */
export interface Star extends SkyPoint {
  readonly magnitude: number;
}

/** A cluster or galaxy: `magnitude` of the whole, sizes of its visible ellipse. */
export interface DeepSkyObject extends SkyPoint {
  readonly kind: 'open' | 'globular' | 'galaxy';
  readonly magnitude: number;
  readonly majorArcmin: number;
  readonly minorArcmin: number;
}

/** A disc on the sky. */
export interface SkyArea {
  readonly center: SkyPoint;
  readonly radiusDeg: number;
}

/** What is really in the sky, as far as the simulator knows. */
export interface SkyCatalogue {
  /** Stars by increasing declination, complete to {@link COMPLETE_TO_MAGNITUDE}. */
  readonly stars: readonly Star[];
  readonly deepSky: readonly DeepSkyObject[];
}

/** Fainter stars are not in the catalogue: the simulator makes them up. */
export const COMPLETE_TO_MAGNITUDE = 8;

const BYTES_PER_STAR = 10;
const RADIANS = Math.PI / 180;

/** Reads `bright-stars.bin`; the format is in data/README.md. */
export function parseStars(bytes: Uint8Array): Star[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / BYTES_PER_STAR }, (_, index) => {
    const at = index * BYTES_PER_STAR;
    return {
      raDeg: view.getInt32(at, true) / 1e6,
      decDeg: view.getInt32(at + 4, true) / 1e6,
      magnitude: view.getInt16(at + 8, true) / 100,
    };
  });
}

/** Reads `deep-sky.csv`; the format is in data/README.md. */
export function parseDeepSky(text: string): DeepSkyObject[] {
  const lines = text.trim().split('\n').slice(1);
  return lines.map((line) => {
    const [kind, ...numbers] = line.split(',');
    const [raDeg, decDeg, magnitude, majorArcmin, minorArcmin] = numbers.map(Number) as [
      number,
      number,
      number,
      number,
      number,
    ];
    return {
      kind: kind as DeepSkyObject['kind'],
      raDeg,
      decDeg,
      magnitude,
      majorArcmin,
      minorArcmin,
    };
  });
}

/** The stars of an area: only the declinations it spans are looked through. */
export function starsNear(stars: readonly Star[], area: SkyArea): Star[] {
  const first = firstFrom(stars, area.center.decDeg - area.radiusDeg);
  const end = firstFrom(stars, area.center.decDeg + area.radiusDeg);
  return stars.slice(first, end).filter((star) => isWithin(star, area));
}

/** The clusters and galaxies that reach into an area. */
export function objectsNear(objects: readonly DeepSkyObject[], area: SkyArea): DeepSkyObject[] {
  return objects.filter((object) => {
    const reach = area.radiusDeg + object.majorArcmin / 120;
    if (Math.abs(object.decDeg - area.center.decDeg) > reach) return false;
    return isWithin(object, { center: area.center, radiusDeg: reach });
  });
}

/** Index of the first star at a declination or north of it. */
function firstFrom(stars: readonly Star[], decDeg: number): number {
  let low = 0;
  let high = stars.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stars[middle] as Star).decDeg < decDeg) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a point lies in an area. */
export function isWithin(point: SkyPoint, { center, radiusDeg }: SkyArea): boolean {
  const a = point.decDeg * RADIANS;
  const b = center.decDeg * RADIANS;
  const ra = (point.raDeg - center.raDeg) * RADIANS;
  // Half-angle form: exact for small distances, where the cosine is not.
  const haversine = Math.sin((a - b) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(ra / 2) ** 2;
  return haversine <= Math.sin((Math.min(radiusDeg, 180) * RADIANS) / 2) ** 2;
}
