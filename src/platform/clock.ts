/**
 * Time as the observatory lives it. Nothing outside this folder may ask the machine for the time:
 * the same agents then run on real time, on an accelerated night and on virtual time.
 *
 * Instants are UTC milliseconds since 1970 (the numbers of `Date`), durations are seconds.
 */
export interface Clock {
  /** The present instant, UTC milliseconds. May step when the machine's clock is corrected. */
  now(): number;
  /** Milliseconds of observatory time that never run backwards: for time-outs and ages. */
  monotonic(): number;
  /** Observatory seconds that pass in one real second, at this moment (1 on real and virtual time). */
  rate(): number;
  /** Resolves after `seconds` of observatory time; rejects with the signal's reason when aborted. */
  sleep(seconds: number, signal?: AbortSignal): Promise<void>;
  /**
   * A time-out that stays fair when the clock is accelerated: `seconds` of observatory time, plus
   * what the computer itself may need, which weighs `rate` times more on a scaled clock.
   */
  allow(seconds: number): number;
  /**
   * A polling period that stays affordable when the clock is accelerated: `seconds`, but never less
   * than `shortestRealSeconds` (0.1 when not given) of real time.
   */
  period(seconds: number, shortestRealSeconds?: number): number;
}

/** The instant as ISO-8601 UTC with milliseconds, e.g. `2014-04-23T21:08:24.000Z`. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

const ISO = /^(\d{4}-\d\d-\d\d)(?:(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * Parses an ISO-8601 date or instant; a missing zone means UTC. Throws a RangeError on anything else,
 * dates that are not on the calendar included.
 */
export function parseIso(text: string): number {
  const [, date = '', time = 'T00:00', zone = 'Z'] = ISO.exec(text) ?? [];
  const ms = Date.parse(`${date}${time}${zone}`);
  if (Number.isNaN(ms) || !isOnCalendar(date)) {
    throw new RangeError(`not an ISO-8601 instant: "${text}"`);
  }
  return ms;
}

/** `Date` takes 30 February for 2 March: such a date does not come back as it was written. */
function isOnCalendar(date: string): boolean {
  // Every month has as many.
  if (Number(date.slice(8)) <= 28) return true;
  return iso(Date.parse(`${date}T00:00Z`)).startsWith(date);
}
