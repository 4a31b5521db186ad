export {
  normalizeDeg,
  normalizeSignedDeg,
  offsetBy,
  positionAngleDeg,
  type RaDec,
  separationDeg,
} from './angles.ts';
export { type BestElevation, bestElevation } from './best-elevation.ts';
export { type BodyDistances, bodyDistances } from './body-distances.ts';
export {
  formatDec,
  formatRa,
  type ParsedCoordinates,
  parseCoordinates,
} from './coordinate-text.ts';
export type { Crossing } from './crossing.ts';
export { dateToIcrs, icrsToDate } from './equator-of-date.ts';
export {
  type HorizonLine,
  horizonLine,
  horizonSines,
  stepAt as horizonStepAt,
} from './horizon-line.ts';
export {
  type AltAz,
  altAz,
  type Horizontal,
  horizontalToIcrs,
  type Sky,
  skyAt,
} from './horizontal.ts';
export { type MoonPhase, type MoonPhaseName, moonPhase } from './moon-phase.ts';
export * from './night.ts';
export { parallacticAngleDeg } from './parallactic-angle.ts';
export * from './refraction.ts';
export { type RiseSetSearch, risesAndSets } from './rise-set.ts';
export type { Site } from './site.ts';
export {
  type SkyDarkness,
  type SkyLight,
  skyBrightness,
  skyBrightnessAt,
  twilightMag,
} from './sky-brightness.ts';
export {
  apparentDirections,
  sineElevationOf,
  sineElevations,
  type TimeGrid,
  timeGrid,
} from './sky-grid.ts';
export { distanceCosines, type SkyTrack, sineElevationsAlong, skyTrack } from './sky-track.ts';
export type { Span } from './span.ts';
export {
  type BodyPosition,
  type MoonPosition,
  moonPosition,
  moonRiseSet,
  sunPosition,
} from './sun-moon.ts';
export * from './target.ts';
export { checkTarget } from './target-check.ts';
export { placeOf } from './target-place.ts';
export {
  julianDate,
  modifiedJulianDate,
  msFromJulianDate,
  nightBounds,
  nightId,
  siderealHours,
} from './time.ts';
export { transits } from './transit.ts';
export * from './visibility.ts';
