import type { CameraStatus, DomeStatus, FocuserStatus, TelescopeStatus } from '#devices';
import { type RaDec, separationDeg, sunPosition } from '#sky';
import { mountLimits, type PlaceLimits, whyNotThere } from '../start-check.ts';
import { slitOffsetDeg } from './slit-offset.ts';

/** Why no shutter may be open: a code for programs, a sentence for people. */
export interface Obstacle {
  readonly code: ObstacleCode;
  readonly sentence: string;
}

export type ObstacleCode =
  | 'UNSAFE'
  | 'DOME_NOT_OPEN'
  | 'SLIT_AWAY'
  | 'MOUNT_NOT_HOMED'
  | 'MOUNT_NOT_TRACKING'
  | 'MOUNT_AT_LIMIT'
  | 'TELESCOPE_ASTRAY'
  | 'FILTER_NOT_READY'
  | 'FOCUSER_NOT_READY'
  | 'TARGET_LIMIT'
  | 'WEATHER_COMING'
  | 'DAYLIGHT';

/** The effective verdict on safety as it was heard; null: nothing fresh was heard. */
export type SafetyHeard = { readonly safe: boolean; readonly reasons: readonly string[] } | null;

/** What stands between the sky and the detectors, as last seen. */
export interface SkyLook {
  readonly safety: SafetyHeard;
  readonly dome: Pick<DomeStatus, 'shutter' | 'azimuthDeg'>;
  readonly telescope: TelescopeStatus;
  /** Where the telescope was sent. */
  readonly target: RaDec;
  /** UTC ms. */
  readonly nowMs: number;
}

/** What is asked of it. */
export interface SkyRules extends PlaceLimits {
  /** A slit farther than this is in the way, degrees; Infinity: it is known to be, and put up with. */
  readonly slitToleranceDeg: number;
}

/** Farther from where it was sent than any correction of its pointing, degrees. */
const ASTRAY_DEG = 1;
/** A mount that measures itself is believed to this, degrees. */
const LIMIT_MARGIN_DEG = 0.2;

/** What forbids an open shutter at this moment; looked at before and during each exposure. */
export function obstacleNow(look: SkyLook, rules: SkyRules): Obstacle | null {
  return (
    safetyObstacle(look.safety) ??
    domeObstacle(look.dome) ??
    mountObstacle(look, rules) ??
    slitObstacle(look, rules)
  );
}

/** What of safety forbids an open shutter: not safe, or nothing fresh heard. */
export function safetyObstacle(safety: SafetyHeard): Obstacle | null {
  if (!safety) return { code: 'UNSAFE', sentence: 'Nothing is heard of safety: that is unsafe.' };
  if (safety.safe) return null;
  const why = safety.reasons.join('; ') || 'no reason is told';
  return { code: 'UNSAFE', sentence: `It is not safe: ${why}.` };
}

function domeObstacle({ shutter }: SkyLook['dome']): Obstacle | null {
  if (shutter === 'open') return null;
  return {
    code: 'DOME_NOT_OPEN',
    sentence: `The dome is ${shutter}, not proved open: nothing can be exposed.`,
  };
}

function mountObstacle({ telescope, target, nowMs }: SkyLook, rules: SkyRules): Obstacle | null {
  const { motion, homed, stopSensor } = telescope;
  if (!homed) {
    return { code: 'MOUNT_NOT_HOMED', sentence: 'The mount has lost its position.' };
  }
  const limit = stopSensor ? 'it has reached its end of travel' : limitOf(telescope, rules, nowMs);
  if (limit) return { code: 'MOUNT_AT_LIMIT', sentence: `The mount is at its limit: ${limit}.` };
  if (motion !== 'tracking') {
    return { code: 'MOUNT_NOT_TRACKING', sentence: `The mount is ${motion}, it does not track.` };
  }
  const awayDeg = separationDeg(telescope, target);
  if (awayDeg <= ASTRAY_DEG) return null;
  const sentence = `The telescope looks ${awayDeg.toFixed(1)}° away from where it was sent.`;
  return { code: 'TELESCOPE_ASTRAY', sentence };
}

/** By what the mount measures: it may fail to stop by itself. */
function limitOf(telescope: TelescopeStatus, { unit }: SkyRules, nowMs: number): string | null {
  const { raDeg, decDeg, altDeg } = telescope;
  const minAltDeg = unit.mounts[0]?.minAltDeg ?? 0;
  if (altDeg < minAltDeg - LIMIT_MARGIN_DEG) return `it points ${altDeg.toFixed(1)}° high`;
  const why = whyNotThere({ raDeg, decDeg }, mountLimits(unit), nowMs);
  return why?.replace(/\.$/, '') ?? null;
}

function slitObstacle({ dome, telescope }: SkyLook, { slitToleranceDeg }: SkyRules) {
  const offDeg = slitOffsetDeg(dome.azimuthDeg, telescope);
  if (offDeg <= slitToleranceDeg) return null;
  const sentence = `The slit of the dome is ${offDeg.toFixed(0)}° beside where the telescope looks.`;
  return { code: 'SLIT_AWAY', sentence } as const;
}

/** What one exposure needs of its own channel, and of what is to come before its end. */
export interface FrameLook {
  readonly camera: Pick<CameraStatus, 'filter' | 'wheelMoving' | 'activity'>;
  readonly filter: string;
  /** Null: the channel has no focuser. */
  readonly focus: { readonly status: FocuserStatus; readonly steps: number } | null;
  /** Where the weather is going; null: towards no limit. */
  readonly weather: PredictedLimit | null;
  readonly target: RaDec;
  readonly nowMs: number;
  /** When the shutter will shut, UTC ms. */
  readonly endMs: number;
}

/** A limit of the weather that will be reached if it goes on like this. */
export interface PredictedLimit {
  readonly seconds: number;
  readonly sentence: string;
}

/** A focuser stands still this near to where it was sent, steps. */
export const FOCUS_TOLERANCE_STEPS = 2;
const STEP_MS = 300_000;
/** A plan that ends with the dark may run a little late. */
const TWILIGHT_MARGIN_DEG = 0.5;

/** What forbids this exposure although a shutter may be open now: its parts, and what comes. */
export function obstacleToFrame(look: FrameLook, limits: PlaceLimits): Obstacle | null {
  return filterObstacle(look) ?? focusObstacle(look) ?? futureObstacle(look, limits);
}

function filterObstacle({ camera, filter }: FrameLook): Obstacle | null {
  const { wheelMoving, filter: measured } = camera;
  if (!wheelMoving && measured === filter) return null;
  const where = wheelMoving ? 'the wheel still turns' : `${measured ?? 'no filter'} is in the beam`;
  return { code: 'FILTER_NOT_READY', sentence: `The filter ${filter} is not there: ${where}.` };
}

function focusObstacle({ focus }: FrameLook): Obstacle | null {
  if (!focus) return null;
  const { status, steps } = focus;
  const isThere = Math.abs(status.steps - steps) <= FOCUS_TOLERANCE_STEPS;
  if (isThere && !status.moving) return null;
  const where = status.moving ? 'it still moves' : `it stands at ${status.steps}`;
  return { code: 'FOCUSER_NOT_READY', sentence: `The focuser is not at ${steps} steps: ${where}.` };
}

function futureObstacle(look: FrameLook, limits: PlaceLimits): Obstacle | null {
  const { target, nowMs, endMs, weather } = look;
  for (let ms = nowMs; ms < endMs + STEP_MS; ms += STEP_MS) {
    const why = whyNotThere(target, limits, Math.min(ms, endMs));
    if (why) return { code: 'TARGET_LIMIT', sentence: `Not to its end: ${why}` };
  }
  const { site, night } = limits.unit;
  if (sunPosition(site, endMs).altDeg > night.scienceSunAltDeg + TWILIGHT_MARGIN_DEG) {
    return { code: 'DAYLIGHT', sentence: 'Not to its end: the twilight comes before it.' };
  }
  if (!weather || nowMs + weather.seconds * 1000 > endMs) return null;
  return { code: 'WEATHER_COMING', sentence: `Not to its end: ${weather.sentence}.` };
}
