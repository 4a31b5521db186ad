import type { Limit, Measure, PlcSpec, Sensor } from '#unit';
import { qualityNow, type Reading, readingOf, type SensorStates } from './sensor-state.ts';
import { convert, convertDifference } from './unit-conversion.ts';
import { MEASURE_UNITS, sensorKey, sensorsOf } from './watch-list.ts';

/** The sensors at one moment: those measured before `sinceMono` are too old. */
export interface SensorsNow {
  readonly sensors: SensorStates;
  readonly sinceMono: number;
}

export function isBeyond({ bad, limit }: Pick<Limit, 'bad' | 'limit'>, value: number): boolean {
  return bad === 'above' ? value > limit : value < limit;
}

/** Those that are believed, best first, in `unit`; a frozen one only where it `warns`. */
export function believed(
  list: readonly Sensor[],
  { sensors, sinceMono }: SensorsNow,
  { unit, warns }: { unit: string; warns: (value: number) => boolean },
): readonly Reading[] {
  return list.flatMap((sensor) => {
    const state = sensors[sensorKey(sensor)];
    const reading = readingOf(state);
    if (!state || !reading) return [];
    const quality = qualityNow(state, sinceMono, 0);
    const value = convert(reading.value, state.unit, unit);
    if (value === null || !(quality === 'good' || (quality === 'frozen' && warns(value)))) {
      return [];
    }
    return [{ ...reading, value }];
  });
}

/**
 * Several sensors of one kind made one: `worst` believes the one nearest to danger, `ranked`
 * the first of the list that can be believed. In the unit of the limit; null when none can be.
 */
export function fuse(spec: PlcSpec, limit: Limit, now: SensorsNow): Reading | null {
  const warns = (value: number) => isBeyond(limit, value);
  const readings = believed(sensorsOf(spec, limit), now, { unit: limit.unit, warns });
  return limit.fusion === 'worst' ? worstOf(readings, limit.bad) : (readings[0] ?? null);
}

function worstOf(readings: readonly Reading[], bad: Limit['bad']): Reading | null {
  const worse = (a: Reading, b: Reading) =>
    (bad === 'above' ? a.value >= b.value : a.value <= b.value) ? a : b;
  return readings.length === 0 ? null : readings.reduce(worse);
}

/** A measure of the weather, in its own unit: rain is the worst of its sensors, all others the best one. */
export function measure(spec: PlcSpec, name: Measure, now: SensorsNow): Reading | null {
  const unit = MEASURE_UNITS[name];
  const readings = believed(spec.measures[name], now, { unit, warns: () => false });
  return name === 'rain' ? worstOf(readings, 'above') : (readings[0] ?? null);
}

/** How far apart sound sensors of one quantity may be, and in which unit. */
const TOLERANCES: Readonly<Partial<Record<Limit['quantity'], readonly [number, string]>>> = {
  rain: [0.5, 'mm/h'],
  rainDetector: [0.5, 'V'],
  humidity: [15, 'percent'],
  wind: [6, 'm/s'],
  cloud: [10, 'Celcius'],
  temperature: [5, 'Celcius'],
  pressure: [10, 'mbar'],
  seeing: [1.5, 'arcsec'],
};

/** Redundant sensors that contradict each other (hazard F7): one sentence, or null. */
export function disagreement(spec: PlcSpec, limit: Limit, now: SensorsNow): string | null {
  const { unit } = limit;
  const readings = believed(sensorsOf(spec, limit), now, { unit, warns: () => true });
  const values = readings.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const sides = new Set(values.map((value) => isBeyond(limit, value)));
  // Where the worst one is believed anyway, they must differ about the danger itself.
  if (limit.fusion === 'worst' && sides.size < 2) return null;
  if (!(most - least > toleranceOf(limit))) return null;
  const each = readings.map(({ sensor, value }) => `${sensor} ${rounded(value)}`).join(', ');
  return `sensors disagree: ${each} ${unit}`;
}

function toleranceOf({ quantity, tolerance, unit }: Limit): number {
  if (tolerance !== undefined) return tolerance;
  const usual = TOLERANCES[quantity];
  const converted = usual ? convertDifference(usual[0], usual[1], unit) : null;
  return converted === null ? Number.POSITIVE_INFINITY : Math.abs(converted);
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}
