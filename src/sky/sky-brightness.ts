import { separationDeg } from './angles.ts';
import type { AltAz } from './horizontal.ts';
import type { Site } from './site.ts';
import { moonPosition, sunPosition } from './sun-moon.ts';

/** What lights the sky in one direction; angles in degrees, without refraction. */
export interface SkyLight {
  /** Elevation of the direction; below the horizon it counts as on it. */
  readonly altDeg: number;
  readonly sunAltDeg: number;
  readonly moonAltDeg: number;
  /** From the direction to the Moon. */
  readonly moonDistanceDeg: number;
  /** Lit fraction of the Moon's disc, 0 to 1. */
  readonly moonIllumination: number;
}

/** What depends on the place. */
export interface SkyDarkness {
  /** V magnitude per square arcsecond at the zenith, no Moon, no twilight; 21.6 when absent. */
  readonly darkMag?: number;
  /** Extinction in V, magnitudes per air mass; 0.172 when absent, 0.25 is usual near the sea. */
  readonly extinction?: number;
}

const RAD = Math.PI / 180;
const DARK_MAG = 21.6;
const EXTINCTION = 0.172;
/** Sky of Paranal, contained in the twilight measured there: Patat, 2003, A&A 400, 1183. */
const PARANAL_MAG = 21.6;
/** The Moon's own disc is not sky. */
const MOON_RADIUS_DEG = 0.26;

/**
 * Expected brightness of a clear sky, V magnitudes per square arcsecond (fainter is larger): dark
 * sky, plus twilight, plus scattered moonlight. Within about 0.3 mag by moonlight (the authors say 8
 * to 23 %) and at the zenith in twilight; low in the direction of the Sun the twilight is one or two
 * magnitudes brighter. No clouds, no street lamps but those in `darkMag`. By day, only an order of
 * magnitude.
 */
export function skyBrightness(light: SkyLight, darkness: SkyDarkness = {}): number {
  const { darkMag = DARK_MAG, extinction = EXTINCTION } = darkness;
  const total =
    darkSky(light, { darkMag, extinction }) +
    twilight(light.sunAltDeg) +
    moonlight(light, extinction);
  return magnitude(total);
}

/**
 * Brightness of the sunlight in the air alone, V magnitudes per square arcsecond, with the Sun at an
 * elevation (degrees); null in the astronomical night.
 */
export function twilightMag(sunAltDeg: number): number | null {
  const light = twilight(sunAltDeg);
  return light > 0 ? magnitude(light) : null;
}

/** The same for a direction in the sky of a site at an instant (UTC ms). */
export function skyBrightnessAt(
  direction: AltAz,
  at: { readonly site: Site; readonly ms: number },
  darkness?: SkyDarkness,
): number {
  const moon = moonPosition(at.site, at.ms);
  const light: SkyLight = {
    altDeg: direction.altDeg,
    sunAltDeg: sunPosition(at.site, at.ms).altDeg,
    moonAltDeg: moon.altDeg,
    moonDistanceDeg: separationDeg(onSphere(direction), onSphere(moon)),
    moonIllumination: moon.illumination,
  };
  return skyBrightness(light, darkness);
}

function onSphere({ altDeg, azDeg }: AltAz): { raDeg: number; decDeg: number } {
  return { raDeg: azDeg, decDeg: altDeg };
}

/** Nanolamberts of a magnitude per square arcsecond: Garstang, 1989, PASP 101, 306. */
function nanolamberts(mag: number): number {
  return 34.08 * Math.exp(20.7233 - 0.92104 * mag);
}

function magnitude(brightness: number): number {
  return (20.7233 - Math.log(brightness / 34.08)) / 0.92104;
}

/** The airglow is a layer that is seen longer, and through more air, near the horizon (K&S, eq. 2). */
function darkSky({ altDeg }: SkyLight, { darkMag, extinction }: Required<SkyDarkness>): number {
  const path = scatteringPath(altDeg);
  return nanolamberts(darkMag) * path * 10 ** (-0.4 * extinction * (path - 1));
}

/**
 * Moonlight scattered by air and dust: Krisciunas & Schaefer, 1991, PASP 103, 1033, equations 3 and
 * 15 to 21. None with the Moon below the horizon. A Moon within 7° of full is up to 35 % brighter
 * than this.
 */
function moonlight(light: SkyLight, extinction: number): number {
  if (light.moonAltDeg < 0) return 0;
  const lit = Math.min(1, Math.max(0, light.moonIllumination));
  const phaseDeg = Math.acos(2 * lit - 1) / RAD;
  const moon = 10 ** (-0.4 * (3.84 + 0.026 * phaseDeg + 4e-9 * phaseDeg ** 4));
  const reaching = 10 ** (-0.4 * extinction * scatteringPath(light.moonAltDeg));
  const scattered = 1 - 10 ** (-0.4 * extinction * scatteringPath(light.altDeg));
  return scattering(light.moonDistanceDeg) * moon * reaching * scattered;
}

/** How much light turns by an angle: air, plus dust that mostly scatters forwards. */
function scattering(angleDeg: number): number {
  const air = 10 ** 5.36 * (1.06 + Math.cos(angleDeg * RAD) ** 2);
  const near = Math.max(angleDeg, MOON_RADIUS_DEG);
  const dust = near < 10 ? 6.2e7 / near ** 2 : 10 ** (6.15 - near / 40);
  return air + dust;
}

/** How much air scatters light towards the eye, in zenith paths: 5 on the horizon (K&S, eq. 3). */
function scatteringPath(altDeg: number): number {
  const cosAlt = Math.cos(Math.max(0, altDeg) * RAD);
  return 1 / Math.sqrt(1 - 0.96 * cosAlt * cosAlt);
}

/**
 * Sunlight in the air, nanolamberts. From −5° to −15°: the V polynomial of Patat, Ugolnikov &
 * Postylyakov, 2006, A&A 455, 385, less the dark sky that it contains; they find a site near the
 * sea 0.3 mag brighter. Below, it fades by the slope that it has there, and ends at −18°. Above: the
 * usual 6 mag at sunset and 4 mag by day, joined by straight lines.
 */
function twilight(sunAltDeg: number): number {
  if (sunAltDeg <= -18) return 0;
  if (sunAltDeg > -5) {
    const day = 11.84 - 1.1 * (5 + Math.min(0, sunAltDeg)) - 0.23 * Math.max(0, sunAltDeg);
    return nanolamberts(Math.max(4, day));
  }
  const depth = Math.min(10, -sunAltDeg - 5);
  const seen = 11.84 + 1.518 * depth - 0.057 * depth * depth;
  const beyond = Math.max(0, -sunAltDeg - 15);
  return (nanolamberts(seen) - nanolamberts(PARANAL_MAG)) * 10 ** (-0.4 * 1.2 * beyond);
}
