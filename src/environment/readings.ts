import { OBSERVATORY_DEVICE, type PlcDevice, type PlcFrame } from '#devices';
import { parseIso } from '#platform';
import type { Limit } from '#unit';

/** One value that can be believed: a finite number of a device that calls itself valid. */
export interface Reading {
  readonly value: number;
  /** `WXT520.RainRate` */
  readonly sensor: string;
  /** When the sensor gave it, UTC ms. */
  readonly atMs: number;
}

/** What the PLC says of the observatory itself. Null: not known. */
export interface SiteReadings {
  readonly mode: 'off' | 'manu' | 'auto' | null;
  readonly nightAck: boolean | null;
  readonly bypass: boolean | null;
  readonly intrusion: boolean | null;
  readonly emergencyStop: boolean | null;
  readonly ups: 'ok' | 'battery' | 'low' | null;
  readonly doors: string | null;
  readonly lights: string | null;
}

/** The value of one sensor, or null when the PLC does not give it or does not vouch for it. */
export function readSensor(frame: PlcFrame, device: string, name: string): Reading | null {
  const source = frame.device.find((one) => one.name === device);
  if (source?.valid !== 'yes') return null;
  const value = source.values.find((one) => one.name === name)?.value;
  const atMs = deviceTime(frame, source);
  if (typeof value !== 'number' || !Number.isFinite(value) || atMs === null) return null;
  return { value, sensor: `${device}.${name}`, atMs };
}

/** A device whose clock is a little ahead of the PLC's is forgiven. */
const FORGIVEN_AHEAD_MS = 60_000;

/** Null for a date far after the frame's own: such data would never seem to age. */
function deviceTime(frame: PlcFrame, device: PlcDevice): number | null {
  const frameMs = parseIso(frame.date);
  const atMs = device.date === undefined ? frameMs : parseIso(device.date);
  return atMs > frameMs + FORGIVEN_AHEAD_MS ? null : atMs;
}

/**
 * Several sensors of one kind made one: `worst` believes the one nearest to danger, `ranked`
 * the first of the list that can be believed.
 */
export function fuse(frame: PlcFrame, limit: Limit): Reading | null {
  const readings = limit.sensors
    .map((sensor) => readSensor(frame, sensor.device, sensor.value))
    .filter((reading) => reading !== null);
  if (limit.fusion === 'ranked') return readings[0] ?? null;
  const worse = (a: Reading, b: Reading) =>
    (limit.bad === 'above' ? a.value >= b.value : a.value <= b.value) ? a : b;
  return readings.length === 0 ? null : readings.reduce(worse);
}

/** What the observatory's own device in the frame says; all null when it is missing or not valid. */
export function siteReadings(frame: PlcFrame): SiteReadings {
  const device = frame.device.find((one) => one.name === OBSERVATORY_DEVICE);
  const value = (name: string) =>
    device?.valid === 'yes' ? device.values.find((one) => one.name === name)?.value : undefined;
  const flag = (name: string) => {
    const raw = value(name);
    return raw === 1 ? true : raw === 0 ? false : null;
  };
  const word = <T extends string>(name: string, known: readonly T[]): T | null =>
    known.find((one) => one === value(name)) ?? null;
  return {
    mode: word('Mode', ['off', 'manu', 'auto']),
    nightAck: flag('NightAck'),
    bypass: flag('Bypass'),
    intrusion: flag('Intrusion'),
    emergencyStop: flag('EmergencyStop'),
    ups: word('Ups', ['ok', 'battery', 'low']),
    doors: word('Doors', ['open', 'closed']),
    lights: word('Lights', ['on', 'off']),
  };
}

/** The sky as the infrared sensor sees it: below -10 °C clear, above 4 °C very cloudy. */
export function cloudState(
  skyTemperatureC: number | null,
): 'Clear' | 'Cloudy' | 'VeryCloudy' | 'Unknown' {
  if (skyTemperatureC === null) return 'Unknown';
  if (skyTemperatureC < -10) return 'Clear';
  return skyTemperatureC > 4 ? 'VeryCloudy' : 'Cloudy';
}
