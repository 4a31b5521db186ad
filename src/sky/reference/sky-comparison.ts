import { type RaDec, separationDeg } from '../angles.ts';
import { type AltAz, altAz } from '../horizontal.ts';
import { sunAltitudeCrossing } from '../night.ts';
import type { Site } from '../site.ts';
import { sunPosition } from '../sun-moon.ts';
import type { BodyName } from '../target.ts';
import { placeOf } from '../target-place.ts';
import { siderealHours } from '../time.ts';

/** Body, site, number of the instant, elevation, azimuth: degrees. */
export type BodyRow = readonly ['Sun' | BodyName, string, number, number, number];

/** What make-reference.py computes; all without refraction. */
export interface AstropyReference {
  /** Latitude, longitude: degrees; metres. */
  readonly sites: Readonly<Record<string, readonly [number, number, number]>>;
  /** UTC, and UT1 − UTC in seconds. */
  readonly instants: readonly (readonly [string, number])[];
  /** Site, number of the instant, RA, Dec, elevation, azimuth: degrees. */
  readonly stars: readonly (readonly [string, number, number, number, number, number])[];
  /** Site, number of the instant, local apparent sidereal time in hours. */
  readonly sidereal: readonly (readonly [string, number, number])[];
  /** Sun and Moon, and the planets, of astropy. */
  readonly bodies: readonly BodyRow[];
  readonly planets: readonly BodyRow[];
  /** Moon and planets of PyEphem; empty where it is not installed. */
  readonly ephem: readonly BodyRow[];
  /** RA, Dec, mas a year in both, epoch, year, RA then, Dec then. */
  readonly moved: readonly (readonly [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ])[];
  /** Site, night, elevation of the Sun, when it goes below and when it comes back. */
  readonly nights: readonly (readonly [string, string, number, string, string])[];
}

/** Whether UT1 − UTC is known or taken as 0. */
export type Dut1 = 'given' | 'left out';

/** Median and greatest of a list of errors. */
export interface ErrorFigures {
  readonly median: number;
  readonly max: number;
}

const J2000_MS = Date.UTC(2000, 0, 1, 12);
const YEAR_MS = 365.25 * 86_400_000;

/** How far our stars stand from those of the reference, arcseconds on the sky, row by row. */
export function starErrors(reference: AstropyReference, dut1: Dut1): number[] {
  return reference.stars.map(([name, index, raDeg, decDeg, altDeg, azDeg]) => {
    const { site, ms } = momentOf(reference, [name, index], dut1);
    return arcsecBetween(altAz({ raDeg, decDeg }, site, ms), { altDeg, azDeg });
  });
}

/** The same for the bodies of the solar system, UT1 − UTC given. */
export function bodyErrors(reference: AstropyReference, rows: readonly BodyRow[]): number[] {
  return rows.map(([body, name, index, altDeg, azDeg]) => {
    const { site, ms } = momentOf(reference, [name, index], 'given');
    const place = body === 'Sun' ? sunPosition(site, ms) : bodyPlace(body, site, ms);
    return arcsecBetween(place, { altDeg, azDeg });
  });
}

/** How far our moving stars are from those of the reference, arcseconds. */
export function motionErrors({ moved }: AstropyReference): number[] {
  const site: Site = { latDeg: 0, lonDeg: 0, altitudeM: 0 };
  return moved.map(([raDeg, decDeg, east, north, epoch, year, raThen, decThen]) => {
    const star = { raDeg, decDeg, pmRaMasPerYear: east, pmDecMasPerYear: north, epoch };
    const there = placeOf(star, site, J2000_MS + (year - 2000) * YEAR_MS);
    return separationDeg(there, { raDeg: raThen, decDeg: decThen }) * 3600;
  });
}

/** How far our sidereal times are from those of the reference, seconds, UT1 − UTC given. */
export function siderealErrors(reference: AstropyReference): number[] {
  return reference.sidereal.map(([name, index, hours]) => {
    const { site, ms } = momentOf(reference, [name, index], 'given');
    return Math.abs(siderealHours(ms, site.lonDeg, site.dut1Seconds) - hours) * 3600;
  });
}

/** How far our twilights are from those of the reference, seconds, both ends. */
export function twilightErrors(reference: AstropyReference): number[] {
  return reference.nights.flatMap(([name, night, altDeg, downAt, upAt]) => {
    const { downMs, upMs } = sunAltitudeCrossing(siteOf(reference, name), night, altDeg);
    const seconds = (ms: number | null, at: string) => Math.abs((ms ?? 0) - Date.parse(at)) / 1000;
    return [seconds(downMs, downAt), seconds(upMs, upAt)];
  });
}

/** Rows of the stars at instants when UT1 − UTC is small. */
export function withSmallDut1(reference: AstropyReference, seconds: number): AstropyReference {
  const isSmall = (index: number) =>
    Math.abs(reference.instants[index]?.[1] ?? Number.NaN) < seconds;
  return { ...reference, stars: reference.stars.filter(([, index]) => isSmall(index)) };
}

/** Sums up errors. */
export function figuresOf(errors: readonly number[]): ErrorFigures {
  const sorted = [...errors].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return { median, max: sorted.at(-1) ?? Number.NaN };
}

function bodyPlace(body: BodyName, site: Site, ms: number): AltAz {
  return altAz(placeOf({ kind: 'BODY', body }, site, ms), site, ms);
}

function momentOf(
  reference: AstropyReference,
  [name, index]: readonly [string, number],
  dut1: Dut1,
): { readonly site: Site; readonly ms: number } {
  const [at = '', dut1Seconds = 0] = reference.instants[index] ?? [];
  const site = siteOf(reference, name);
  return {
    site: dut1 === 'given' ? { ...site, dut1Seconds } : site,
    ms: Date.parse(at),
  };
}

function siteOf({ sites }: AstropyReference, name: string): Site {
  const [latDeg = 0, lonDeg = 0, altitudeM = 0] = sites[name] ?? [];
  return { latDeg, lonDeg, altitudeM };
}

function arcsecBetween(a: AltAz, b: AltAz): number {
  const onSphere = ({ altDeg, azDeg }: AltAz): RaDec => ({ raDeg: azDeg, decDeg: altDeg });
  return separationDeg(onSphere(a), onSphere(b)) * 3600;
}
