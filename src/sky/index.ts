export {
  normalizeDeg,
  normalizeSignedDeg,
  offsetBy,
  positionAngleDeg,
  type RaDec,
  separationDeg,
} from './angles.ts';
export {
  formatDec,
  formatRa,
  type ParsedCoordinates,
  parseCoordinates,
} from './coordinate-text.ts';
export {
  type AltAz,
  altAz,
  type Horizontal,
  horizontalToIcrs,
  type Sky,
  skyAt,
} from './horizontal.ts';
export * from './night.ts';
export type { Site } from './site.ts';
export * from './sun-moon.ts';
export {
  julianDate,
  modifiedJulianDate,
  msFromJulianDate,
  nightBounds,
  nightId,
  siderealHours,
} from './time.ts';
export * from './visibility.ts';
