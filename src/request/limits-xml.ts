import type { ElementReader, NumberRange } from './element-reader.ts';
import type { SequenceLimits } from './request.ts';

/** The attribute of each limit, and what it may be. */
const ranges: readonly (readonly [keyof SequenceLimits, string, NumberRange])[] = [
  ['minAltDeg', 'min_alt', { min: 0, max: 90, what: 'degrees above the horizon' }],
  ['moonDistanceDeg', 'moon_distance', { min: 0, max: 180, what: 'degrees' }],
  ['sunDistanceDeg', 'sun_distance', { min: 0, max: 180, what: 'degrees' }],
  ['skyBrightness', 'sky_brightness', { min: 10, max: 23, what: 'mag per square arcsecond' }],
  ['maxSeeingArcsec', 'max_seeing', { min: 0.1, max: 20, what: 'arcseconds' }],
];

/** Reads what a sequence asks of the sky: nothing when no limit is given. */
export function readLimits(reader: ElementReader): { limits?: SequenceLimits } {
  const given = ranges.flatMap(([limit, attribute, range]) => {
    const value = reader.optionalNumber(attribute, range);
    return value === undefined ? [] : [[limit, value] as const];
  });
  return given.length === 0 ? {} : { limits: Object.fromEntries(given) };
}

/** Reads `min_useful`, the least part of an observation that is worth doing, seconds. */
export function readUseful(
  reader: ElementReader,
  durationSeconds: number,
): { minUsefulSeconds?: number } {
  const range = { min: 0.001, max: 86400, what: 'seconds' };
  const minUsefulSeconds = reader.optionalNumber('min_useful', range);
  if (minUsefulSeconds === undefined) return {};
  if (minUsefulSeconds > durationSeconds) {
    reader.attributeFault('min_useful', `at most the ${durationSeconds} s of the observation`);
  }
  return { minUsefulSeconds };
}
