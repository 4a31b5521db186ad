import type { PlcSpec } from '#unit';
import { flag, type Heard } from './device-statuses.ts';
import type { GicDevice, GicValue } from './gic-document.ts';

/** A row of `sensor_reading`. */
export interface SensorRow {
  readonly device: string;
  readonly name: string;
  readonly value: number | null;
  readonly unit: string;
  /** `good`, or what is wrong with it. */
  readonly quality: string;
  readonly at: string | null;
  /** 1 when a limit or the weather is decided by it. */
  readonly used: number;
}

/** What the PLC's statuses are made of. */
export interface PlcSources {
  readonly plc: PlcSpec;
  /** The PLC's own row: when it was last heard, and since when it answers. */
  readonly heard: Heard;
  readonly sensors: readonly SensorRow[];
  /** The weather as it is believed, and whether its limits are kept; null: not known. */
  readonly weather: {
    readonly at: string | null;
    readonly rain: number | null;
    readonly wind: number | null;
    readonly clouds: string | null;
    readonly good: boolean | null;
    readonly isFresh: boolean;
  };
}

/** Weather and state of the observatory behind the PLC. */
export function plcStatuses({ plc, heard, sensors, weather }: PlcSources): GicDevice {
  const { row, isFresh } = heard;
  const at = row?.updated ?? null;
  const seen = (value: GicValue['value'], unit: string): GicValue => {
    return { value, unit, valid: weather.isFresh && value !== null, at: weather.at };
  };
  return {
    device: plc.alias,
    kind: 'plc',
    statuses: {
      connected: { value: row ? flag(isFresh) : null, unit: 'bool', valid: row !== undefined, at },
      last_maintenance: {
        value: plc.maintained ?? null,
        unit: 'UTC',
        valid: plc.maintained !== undefined,
        at: null,
      },
      ...sensorStatuses(plc, sensors, isFresh),
      rain: seen(weather.rain, 'mm/h'),
      good_weather: seen(weather.good === null ? null : flag(weather.good), 'bool'),
      wind: seen(weather.wind, 'm/s'),
      clouds: seen(weather.clouds, ''),
    },
  };
}

/**
 * Each sensor that a limit names, by its quantity and a running number through the unit file:
 * `rain.sensor1`, `rain.sensor2`, `wind.sensor6`.
 */
function sensorStatuses(
  plc: PlcSpec,
  sensors: readonly SensorRow[],
  isFresh: boolean,
): Record<string, GicValue> {
  const named = plc.limits.flatMap(({ quantity, sensors: places, unit }) =>
    places.map((place) => ({ quantity, place, unit })),
  );
  return Object.fromEntries(
    named.map(({ quantity, place, unit }, i) => {
      const row = sensors.find((one) => one.device === place.device && one.name === place.value);
      const value: GicValue = {
        value: row?.value ?? null,
        unit: row?.unit || unit,
        valid: isFresh && row?.quality === 'good' && row.value !== null,
        at: row?.at ?? null,
      };
      return [`${quantity}.sensor${i + 1}`, value];
    }),
  );
}
