import { iso, parseIso } from '#platform';
import type { Unit } from '#unit';
import {
  cameraStatuses,
  type DeviceRow,
  domeStatuses,
  type Heard,
  telescopeStatuses,
} from './device-statuses.ts';
import type { GicDocument, GicValue } from './gic-document.ts';
import { plcStatuses, type SensorRow } from './plc-statuses.ts';

/** What the document is made of: the rows of the database, and the time. */
export interface GicSources {
  readonly unit: Unit;
  readonly nowMs: number;
  /** A device that was not heard for longer, seconds, has no valid statuses. */
  readonly deviceAgeSeconds: number;
  /** The same for the PLC and the verdict on safety, seconds. */
  readonly plcAgeSeconds: number;
  readonly observatory: {
    readonly mode: string;
    readonly since: string;
    readonly locked: number;
  } | null;
  readonly safety: {
    readonly updated: string;
    readonly frame_at: string;
    readonly night_ack: number;
    readonly bypass: number;
    readonly raw_safe: number;
    readonly safe: number;
    readonly reasons: string;
    /** JSON list of causes; those of kind `weather` decide on good weather. */
    readonly causes: string;
  } | null;
  readonly devices: ReadonlyMap<string, DeviceRow>;
  readonly sensors: readonly SensorRow[];
  readonly weather: {
    readonly updated: string;
    readonly rain: number | null;
    readonly wind: number | null;
    readonly sky_clarity: string;
  } | null;
}

/** All statuses of a unit by the names of the guide: the same rows, the same document. */
export function gicStatus(sources: GicSources): GicDocument {
  const { unit, nowMs, observatory, devices } = sources;
  const heard = (row: DeviceRow | undefined): Heard => {
    return { row, isFresh: isFresh(row?.updated, nowMs, sources.deviceAgeSeconds) };
  };
  const since = observatory?.since ?? null;
  return {
    name: 'GIC_STATUS',
    version: 1,
    unit: unit.unit.alias,
    site: unit.site.name,
    time: iso(nowMs),
    mode: {
      value: observatory?.mode ?? null,
      unit: '',
      valid: observatory !== null,
      at: since,
    },
    safety: safetyOf(sources),
    devices: [
      // The agents drive the first mount; statuses of others nobody reads.
      ...unit.mounts.map((mount, i) =>
        telescopeStatuses(mount, heard(i === 0 ? devices.get('telescope') : undefined)),
      ),
      ...unit.channels.map((channel) =>
        cameraStatuses(channel, heard(devices.get(`camera-${channel.alias}`))),
      ),
      domeStatuses(unit.dome, heard(devices.get('dome'))),
      plcOf(sources),
    ],
  };
}

function safetyOf({ safety, observatory, nowMs, plcAgeSeconds }: GicSources) {
  const fresh = isFresh(safety?.updated, nowMs, plcAgeSeconds);
  const at = safety?.updated ?? null;
  const word = (safe: number | undefined): GicValue => {
    const value = safe === undefined || !fresh ? 'UNKNOWN' : safe === 1 ? 'SAFE' : 'UNSAFE';
    return { value, unit: '', valid: fresh, at };
  };
  const bit = (value: number | undefined): GicValue => {
    const isKnown = value === 0 || value === 1;
    return { value: isKnown ? value : null, unit: 'bool', valid: fresh && isKnown, at };
  };
  const locked = observatory?.locked;
  return {
    effective: word(safety?.safe),
    raw: word(safety?.raw_safe),
    bypass: bit(safety?.bypass),
    locked: { value: locked ?? null, unit: 'bool', valid: locked !== undefined, at: null },
    night_ack: bit(safety?.night_ack),
    reasons: safety ? (JSON.parse(safety.reasons) as string[]) : [],
  };
}

function plcOf(sources: GicSources) {
  const { unit, nowMs, plcAgeSeconds, safety, sensors, weather } = sources;
  const frameAt = safety?.frame_at || undefined;
  const row = frameAt === undefined ? undefined : { updated: frameAt, status: {} };
  const verdictIsFresh = isFresh(safety?.updated, nowMs, plcAgeSeconds);
  return plcStatuses({
    plc: unit.plc,
    heard: { row, isFresh: isFresh(frameAt, nowMs, plcAgeSeconds) },
    sensors,
    weather: {
      at: weather?.updated ?? null,
      rain: weather?.rain ?? null,
      wind: weather?.wind ?? null,
      clouds: weather?.sky_clarity ?? null,
      good: safety && verdictIsFresh ? isGoodWeather(safety.raw_safe, safety.causes) : null,
      isFresh: isFresh(weather?.updated, nowMs, plcAgeSeconds),
    },
  });
}

/** Good as long as no cause of the weather stands, whatever else keeps the dome closed. */
function isGoodWeather(rawSafe: number, causes: string): boolean {
  const list = JSON.parse(causes) as { kind?: unknown; key?: unknown }[];
  const stops = ['weather', 'hardware', 'clock'];
  return (
    rawSafe === 1 || (list.length > 0 && !list.some(({ kind }) => stops.includes(String(kind))))
  );
}

function isFresh(at: string | undefined, nowMs: number, maxAgeSeconds: number): boolean {
  if (!at) return false;
  return Math.abs(nowMs - parseIso(at)) <= maxAgeSeconds * 1000;
}
