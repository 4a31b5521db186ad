import type { DERIVED_QUANTITIES, Limit, Measure, PlcSpec } from '#unit';
import { measure, type SensorsNow } from './fusion.ts';
import { changePerHour, greatest, type RecentValues, withValue } from './recent-values.ts';
import type { Reading } from './sensor-state.ts';

export type Derived = (typeof DERIVED_QUANTITIES)[number];

/** Measures whose last hours are kept, each for its derived quantity. */
export interface Recent {
  readonly wind: RecentValues;
  readonly pressure: RecentValues;
}

export const NOTHING_RECENT: Recent = { wind: [], pressure: [] };

export const DERIVED_UNITS: Readonly<Record<Derived, string>> = {
  dewMargin: 'K',
  gust: 'm/s',
  pressureTrend: 'mbar/h',
  skyMargin: 'K',
};

const GUST_SECONDS = 600;
const TREND_SECONDS = 3600;

/** Dew point by the Magnus formula with Sonntag's (1990) constants over water; Celsius, percent. */
export function dewPoint(temperatureC: number, humidityPercent: number): number {
  const damp = Math.max(humidityPercent, 0.1) / 100;
  const gamma = Math.log(damp) + (17.62 * temperatureC) / (243.12 + temperatureC);
  return (243.12 * gamma) / (17.62 - gamma);
}

function windowMs(spec: PlcSpec, quantity: Limit['quantity'], usual: number): number {
  const limit = spec.limits.find((one) => one.quantity === quantity);
  return (limit?.windowSeconds ?? usual) * 1000;
}

/** Adds what is measured now to the last hours. */
export function withRecent(recent: Recent, spec: PlcSpec, now: SensorsNow): Recent {
  const add = (name: keyof Recent, spanMs: number) => {
    const reading = measure(spec, name, now);
    return reading ? withValue(recent[name], reading, spanMs) : recent[name];
  };
  return {
    wind: add('wind', windowMs(spec, 'gust', GUST_SECONDS)),
    pressure: add('pressure', windowMs(spec, 'pressureTrend', TREND_SECONDS)),
  };
}

/** A quantity made of measures, in its own unit; null while what it is made of is not known. */
export function derive(
  quantity: Derived,
  { spec, now, recent }: { spec: PlcSpec; now: SensorsNow; recent: Recent },
): Reading | null {
  const get = (name: Measure) => measure(spec, name, now);
  if (quantity === 'dewMargin') {
    return combined(get('temperature'), get('humidity'), (t, h) => t - dewPoint(t, h));
  }
  if (quantity === 'skyMargin') {
    return combined(get('cloud'), get('temperature') ?? get('ambient'), (sky, air) => sky - air);
  }
  const last = get(quantity === 'gust' ? 'wind' : 'pressure');
  if (!last) return null;
  const value =
    quantity === 'gust'
      ? greatest(recent.wind, last.atMono - windowMs(spec, 'gust', GUST_SECONDS))
      : changePerHour(
          recent.pressure,
          last.atMono - windowMs(spec, 'pressureTrend', TREND_SECONDS),
        );
  return value === null ? null : { ...last, value };
}

/** As old as the older of both. */
function combined(
  a: Reading | null,
  b: Reading | null,
  make: (a: number, b: number) => number,
): Reading | null {
  if (!a || !b) return null;
  const value = make(a.value, b.value);
  if (!Number.isFinite(value)) return null;
  const sensor = `${a.sensor} and ${b.sensor}`;
  return { value, sensor, atMono: Math.min(a.atMono, b.atMono) };
}
