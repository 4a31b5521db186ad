import { parseIso } from '#platform';
import type { Limit } from '#unit';
import { type Point, secondsToLimit } from './trend.ts';
import { convert, convertDifference } from './unit-conversion.ts';
import type { Weather } from './weather.ts';

/** A quantity that will be bad soon, if it goes on as it does. */
export interface PredictedLimit {
  readonly quantity: Limit['quantity'];
  /** From now; 0: it is beyond its limit already. */
  readonly seconds: number;
  readonly sentence: string;
}

export type DatedWeather = Weather & { readonly updated: string };

type Column = Exclude<keyof Weather, 'sky_clarity'>;

/** Where the history keeps each quantity, in which unit, and whether that is a difference. */
const COLUMNS: Readonly<
  Partial<Record<Limit['quantity'], readonly [Column, string, 'difference'?]>>
> = {
  rain: ['rain', 'mm/h'],
  humidity: ['humidity', 'percent'],
  wind: ['wind', 'm/s'],
  cloud: ['cloud', 'Celcius'],
  temperature: ['temperature', 'Celcius'],
  pressure: ['pressure', 'mbar'],
  seeing: ['seeing', 'arcsec'],
  dewMargin: ['dew_margin', 'K', 'difference'],
};

/** Trends are taken over this, ms: longer than a gust, shorter than a front. */
export const TREND_WINDOW_MS = 1_200_000;

/**
 * What the weather's trend says of each limit, soonest first. A gust and a pressure trend are themselves
 * made over time and are not foretold; nor is what is held by a dwell.
 */
export function weatherTrends(
  history: readonly DatedWeather[],
  limits: readonly Limit[],
  nowMs: number,
): readonly PredictedLimit[] {
  const found = limits.flatMap((limit) => {
    const seconds = secondsToLimit(pointsOf(history, limit, nowMs), limit, nowMs);
    if (seconds === null) return [];
    const { quantity, unit } = limit;
    const when = seconds === 0 ? 'now' : `in ${Math.max(1, Math.round(seconds / 60))} min`;
    const sentence = `${quantity} reaches its limit of ${limit.limit} ${unit} ${when} by its trend`;
    return [{ quantity, seconds, sentence }];
  });
  return found.toSorted((a, b) => a.seconds - b.seconds);
}

function pointsOf(history: readonly DatedWeather[], limit: Limit, nowMs: number): Point[] {
  const source = COLUMNS[limit.quantity];
  if (!source) return [];
  const [column, unit, kind] = source;
  const change = kind === 'difference' ? convertDifference : convert;
  return history.flatMap((row) => {
    const atMs = parseIso(row.updated);
    const value = row[column];
    const converted = value === null ? null : change(value, unit, limit.unit);
    const isRecent = atMs > nowMs - TREND_WINDOW_MS && atMs <= nowMs;
    return converted === null || !isRecent ? [] : [{ atMs, value: converted }];
  });
}
