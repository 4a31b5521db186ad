import type { Limit, Measure, PlcSpec, Sensor } from '#unit';
import type { Watch } from './sensor-quality.ts';

/** Units in which measures are kept. */
export const MEASURE_UNITS: Readonly<Record<Measure, string>> = {
  temperature: 'Celcius',
  humidity: 'percent',
  wind: 'm/s',
  windDir: 'deg',
  pressure: 'mbar',
  rain: 'mm/h',
  cloud: 'Celcius',
  ambient: 'Celcius',
  seeing: 'arcsec',
  insideTemperature: 'Celcius',
  insideHumidity: 'percent',
};

export const MEASURES = Object.keys(MEASURE_UNITS) as readonly Measure[];

/** `WXT520.RainRate`: how a sensor is called in memories, rows and alarms. */
export function sensorKey({ device, value }: Pick<Sensor, 'device' | 'value'>): string {
  return `${device}.${value}`;
}

/** The sensors of a limit: its own, or those of the measure that it watches; none when derived. */
export function sensorsOf(spec: PlcSpec, { quantity, sensors }: Limit): readonly Sensor[] {
  if (sensors.length > 0) return sensors;
  const measure = MEASURES.find((one) => one === quantity);
  return measure ? spec.measures[measure] : [];
}

/** Every sensor that the unit file names, once. A limit's own correction holds for its measure too. */
export function watchList(spec: PlcSpec): ReadonlyMap<string, Watch> {
  const known = lists.get(spec) ?? watchListOf(spec);
  lists.set(spec, known);
  return known;
}

/** A unit file is read once, and its sensors are asked for with every frame. */
const lists = new WeakMap<PlcSpec, ReadonlyMap<string, Watch>>();

function watchListOf(spec: PlcSpec): ReadonlyMap<string, Watch> {
  const watches = new Map<string, Watch>();
  const add = (sensor: Sensor, unit: string) => {
    const key = sensorKey(sensor);
    if (!watches.has(key)) watches.set(key, { sensor, unit });
  };
  for (const limit of spec.limits) {
    for (const sensor of limit.sensors) add(sensor, limit.unit);
  }
  for (const measure of MEASURES) {
    for (const sensor of spec.measures[measure]) add(sensor, MEASURE_UNITS[measure]);
  }
  return watches;
}
