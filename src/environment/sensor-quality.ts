import type { PlcDevice } from '#devices';
import type { Sensor } from '#unit';
import { physicalRange } from './physical-range.ts';
import { convert } from './unit-conversion.ts';

/**
 * What is thought of a sensor's last value. Only `good` ones are believed; a `frozen` one is still
 * believed where it speaks of danger.
 */
export type Quality =
  | 'good'
  /** Its device calls itself not valid, or does not give it any more. */
  | 'invalid'
  /** Older than its greatest age. */
  | 'stale'
  | 'out-of-range'
  /** The same value too often. */
  | 'frozen'
  /** Dated after the frame that brought it. */
  | 'suspect'
  | 'unknown-unit'
  /** Two devices of one frame bear its name. */
  | 'duplicate'
  | 'not-a-number';

/** A sensor to be read: which one, and the unit in which its value is wanted. */
export interface Watch {
  readonly sensor: Sensor;
  readonly unit: string;
}

/** What one frame says of one sensor: `value` is corrected and converted, null when it is none. */
export interface Judged {
  readonly value: number | null;
  /** As the device sent it; null when it sent nothing. */
  readonly raw: number | string | null;
  readonly quality: Quality;
}

/** Units of frames that name no scale: the unit file may say which one is meant. */
const SCALELESS = ['', 'bool', 'string', 'deg'];

/** Reads one sensor of the devices of a frame. Nothing is ever made a number that was none. */
export function judgeSensor(devices: readonly PlcDevice[], watch: Watch): Judged {
  const named = devices.filter(({ name }) => name === watch.sensor.device);
  const found = named.flatMap(({ values }) =>
    values.filter(({ name }) => name === watch.sensor.value),
  );
  const [given] = found;
  const raw = given?.value ?? null;
  if (named.length > 1 || found.length > 1) return { value: null, raw, quality: 'duplicate' };
  if (!given || named[0]?.valid !== 'yes') return { value: null, raw, quality: 'invalid' };
  if (typeof raw !== 'number' || !Number.isFinite(raw)) {
    return { value: null, raw, quality: 'not-a-number' };
  }
  const value = corrected(raw, given.unit, watch);
  if (value === null) return { value: null, raw, quality: 'unknown-unit' };
  return { value, raw, quality: isPossible(value, watch) ? 'good' : 'out-of-range' };
}

/** Corrected by gain and offset, in the wanted unit; null when its unit cannot become that one. */
function corrected(raw: number, named: string, { sensor, unit }: Watch): number | null {
  const own = sensor.unit !== undefined && SCALELESS.includes(named) ? sensor.unit : named;
  return convert(raw * sensor.gain + sensor.offset, own, unit);
}

function isPossible(value: number, { sensor, unit }: Watch): boolean {
  const { least, most } = physicalRange(unit);
  return value >= (sensor.least ?? least) && value <= (sensor.most ?? most);
}
