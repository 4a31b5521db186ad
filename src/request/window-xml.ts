import { msFromJulianDate } from '#sky';
import type { ElementReader } from './element-reader.ts';

/** The longest delay of a relative window: a year. */
const maxRelativeSeconds = 366 * 86400;

/** The window of a sequence, UTC milliseconds; NaN where it cannot be read. */
export interface Window {
  readonly windowStartMs: number;
  readonly windowEndMs: number;
}

/** What instants of a request are counted from. */
export interface TimeContext {
  readonly isRelative: boolean;
  readonly submittedAtMs: number;
}

/**
 * Reads an instant, UTC milliseconds: a Julian day (UTC), or seconds from submission in a relative
 * request.
 */
export function readInstant(reader: ElementReader, name: string, context: TimeContext): number {
  if (context.isRelative) {
    const range = { min: 0, max: maxRelativeSeconds, what: 'seconds from submission' };
    return context.submittedAtMs + reader.number(name, range) * 1000;
  }
  return msFromJulianDate(
    reader.number(name, { min: 2440587.5, max: 2500000, what: 'Julian day' }),
  );
}

/** Reads `jd1` and `jd2`. */
export function readWindow(reader: ElementReader, context: TimeContext): Window {
  const windowStartMs = readInstant(reader, 'jd1', context);
  const windowEndMs = readInstant(reader, 'jd2', context);
  if (windowEndMs <= windowStartMs) {
    const start = reader.optional('jd1');
    reader.attributeFault('jd2', `an end after the start of the window (${start})`);
  }
  return { windowStartMs, windowEndMs };
}

/** Reads `t_prefered`, the wish for the middle of the observation; null without one. */
export function readPreferedTime(
  reader: ElementReader,
  context: TimeContext,
  { windowStartMs, windowEndMs }: Window,
): number | null {
  if (reader.optional('t_prefered') === undefined) return null;
  const wishMs = readInstant(reader, 't_prefered', context);
  if (wishMs < windowStartMs || wishMs > windowEndMs) {
    const [from, to] = [reader.optional('jd1'), reader.optional('jd2')];
    reader.attributeFault('t_prefered', `a moment inside the window (${from} to ${to})`);
  }
  return wishMs;
}
