import { AstroTime, Body, DefineStar, Equator, Horizon, Observer } from 'astronomy-engine';
import type { Instance, InstanceSequence } from '#planning';

const RAD = Math.PI / 180;
const JD_OF_2000 = 2_451_545;
const DAY_SECONDS = 86_400;

/** Targets on a time grid that starts with the night; row i is `[i × steps, (i + 1) × steps)`. */
export interface JudgeGrid {
  readonly steps: number;
  readonly stepSeconds: number;
  /** Sine of the elevation, without refraction. */
  readonly sine: Float32Array;
  /** 1 where elevation, Moon, horizon and window allow the target. */
  readonly allowed: Uint8Array;
}

/**
 * The sky as the judge sees it: astronomy-engine asked for every target at every step, with nothing of
 * the planner's own astronomy, so that an error there cannot hide.
 */
export function judgeGrid(
  instance: Instance,
  sequences: readonly InstanceSequence[],
  stepSeconds: number,
): JudgeGrid {
  const [jd0, jd1] = instance.night;
  const steps = Math.max(0, Math.floor(((jd1 - jd0) * DAY_SECONDS) / stepSeconds + 1e-6));
  const sine = new Float32Array(sequences.length * steps);
  const allowed = new Uint8Array(sequences.length * steps);
  const observer = observerOf(instance);
  const subjects = sequences.map((sequence) => subjectOf(sequence, instance));
  for (let step = 0; step < steps; step++) {
    const jd = jd0 + (step * stepSeconds) / DAY_SECONDS;
    const time = timeOf(jd);
    const moon = Equator(Body.Moon, time, observer, true, true);
    const moonDirection = directionOf(moon.ra, moon.dec);
    subjects.forEach((subject, i) => {
      const { altitude, azimuth } = Horizon(time, observer, subject.raHours, subject.dec);
      sine[i * steps + step] = Math.sin(altitude * RAD);
      const isUp = altitude >= subject.sequence.minAlt && altitude >= horizonAt(instance, azimuth);
      const isInWindow = isWithin(subject.sequence, jd, stepSeconds);
      const isFar = dot(subject.direction, moonDirection) <= subject.moonCosine;
      allowed[i * steps + step] = isUp && isInWindow && isFar ? 1 : 0;
    });
  }
  return { steps, stepSeconds, sine, allowed };
}

/** Angle between two targets, degrees. */
export function angleBetween(a: InstanceSequence, b: InstanceSequence): number {
  const cosine = dot(directionOf(a.ra / 15, a.dec), directionOf(b.ra / 15, b.dec));
  return Math.acos(Math.max(-1, Math.min(1, cosine))) / RAD;
}

type Direction = readonly [number, number, number];

/** A target on the equator and equinox of the date, as Horizon wants it. */
interface Subject {
  readonly sequence: InstanceSequence;
  readonly raHours: number;
  readonly dec: number;
  readonly direction: Direction;
  readonly moonCosine: number;
}

function subjectOf(sequence: InstanceSequence, instance: Instance): Subject {
  const [jd0, jd1] = instance.night;
  // Far enough that its parallax is nothing.
  DefineStar(Body.Star1, sequence.ra / 15, sequence.dec, 1e6);
  const time = timeOf((jd0 + jd1) / 2);
  const { ra, dec } = Equator(Body.Star1, time, observerOf(instance), true, true);
  const moonCosine = Math.cos(sequence.minMoonDeg * RAD);
  return { sequence, raHours: ra, dec, direction: directionOf(ra, dec), moonCosine };
}

function observerOf({ site }: Instance): Observer {
  return new Observer(site.lat, site.lon, site.height);
}

function timeOf(jd: number): AstroTime {
  return new AstroTime(jd - JD_OF_2000);
}

function horizonAt({ useHorizon, horizon }: Instance, azimuth: number): number {
  if (!useHorizon) return -90;
  return horizon.findLast(([from]) => azimuth >= from)?.[1] ?? -90;
}

/** From the first step in the window to the last whose interval is inside. */
function isWithin({ jd1, jd2 }: InstanceSequence, jd: number, stepSeconds: number): boolean {
  const edge = (stepSeconds * 1e-3) / DAY_SECONDS;
  return jd >= jd1 - edge && jd + stepSeconds / DAY_SECONDS <= jd2 + edge;
}

function directionOf(raHours: number, dec: number): Direction {
  const ra = raHours * 15 * RAD;
  const cosDec = Math.cos(dec * RAD);
  return [cosDec * Math.cos(ra), cosDec * Math.sin(ra), Math.sin(dec * RAD)];
}

function dot(a: Direction, b: Direction): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
