import { msFromJulianDate } from '#sky';
import type { ElementReader } from './element-reader.ts';

/** The longest delay of a relative window: a year. */
const maxRelativeSeconds = 366 * 86400;

/**
 * Reads `jd1` and `jd2`: Julian days (UTC), or seconds from submission in a relative request.
 */
export function readWindow(
  reader: ElementReader,
  context: { readonly isRelative: boolean; readonly submittedAtMs: number },
): { windowStartMs: number; windowEndMs: number } {
  const range = context.isRelative
    ? { min: 0, max: maxRelativeSeconds, what: 'seconds from submission' }
    : { min: 2440587.5, max: 2500000, what: 'Julian day' };
  const toMs = (value: number): number =>
    context.isRelative ? context.submittedAtMs + value * 1000 : msFromJulianDate(value);
  const jd1 = reader.number('jd1', range);
  const jd2 = reader.number('jd2', range);
  if (jd2 <= jd1) reader.attributeFault('jd2', `an end after the start of the window (${jd1})`);
  return { windowStartMs: toMs(jd1), windowEndMs: toMs(jd2) };
}
