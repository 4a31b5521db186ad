import type { PlcSpec } from '#unit';
import { judgeSensor, type Quality, type Watch } from './sensor-quality.ts';
import { type Arrival, measuredMono, PLC, type Sighting } from './sighting.ts';
import { sensorKey, watchList } from './watch-list.ts';

/** The last word of a sensor. */
export interface SensorState {
  readonly source: string;
  readonly device: string;
  readonly name: string;
  /** Corrected, in `unit`; null when it is no number that can be used. */
  readonly value: number | null;
  readonly unit: string;
  readonly raw: number | string | null;
  readonly quality: Quality;
  /** When it was measured; null when not known. */
  readonly atMono: number | null;
  /** How many fresh readings in a row were exactly this one. */
  readonly same: number;
}

export type SensorStates = Readonly<Record<string, SensorState>>;

/** A value that can be believed. */
export interface Reading {
  readonly value: number;
  /** `WXT520.RainRate` */
  readonly sensor: string;
  readonly atMono: number;
}

/**
 * Takes in what an arrival says of every sensor that its source has; the others stay as they are.
 * `isDoubtful`: the source's clock is wrong, and nobody knows when it measured.
 */
export function readSensors(
  before: SensorStates,
  arrival: Arrival,
  { spec, sighting, isDoubtful }: { spec: PlcSpec; sighting: Sighting; isDoubtful: boolean },
): SensorStates {
  const stations = new Set(
    Object.values(before)
      .filter(({ source }) => source !== PLC)
      .map(({ device }) => device),
  );
  const states: Record<string, SensorState> = { ...before };
  for (const [key, watch] of watchList(spec)) {
    const { device } = watch.sensor;
    const isOfSource = arrival.source === PLC ? !stations.has(device) : device === arrival.source;
    if (isOfSource) states[key] = nextState(before[key], arrival, { watch, sighting, isDoubtful });
  }
  return states;
}

function nextState(
  last: SensorState | undefined,
  arrival: Arrival,
  { watch, sighting, isDoubtful }: { watch: Watch; sighting: Sighting; isDoubtful: boolean },
): SensorState {
  const { sensor, unit } = watch;
  const judged = judgeSensor(arrival.devices, watch);
  const device = arrival.devices.find(({ name }) => name === sensor.device);
  const atMono = device ? measuredMono(sighting, device) : null;
  const same = countSame(last, { raw: judged.raw, atMono });
  const base = { source: arrival.source, device: sensor.device, name: sensor.value, unit };
  const quality = qualityOf(judged.quality, {
    isSuspect: isDoubtful || (device !== undefined && atMono === null),
    isFrozen: same >= (sensor.frozenAfter ?? Number.POSITIVE_INFINITY),
  });
  return { ...base, value: judged.value, raw: judged.raw, quality, atMono, same };
}

/** Only readings that are newer than the last count: a repeated frame ages instead. */
function countSame(
  last: SensorState | undefined,
  { raw, atMono }: Pick<SensorState, 'raw' | 'atMono'>,
): number {
  if (!last || !Object.is(last.raw, raw)) return 1;
  return (atMono ?? 0) > (last.atMono ?? 0) ? last.same + 1 : last.same;
}

function qualityOf(judged: Quality, also: { isSuspect: boolean; isFrozen: boolean }): Quality {
  if (judged !== 'good') return judged;
  if (also.isSuspect) return 'suspect';
  return also.isFrozen ? 'frozen' : 'good';
}

/** The quality at this moment: what was good becomes stale by age alone. */
export function qualityNow(state: SensorState, atMono: number, maxAgeMs: number): Quality {
  const usable = state.quality === 'good' || state.quality === 'frozen';
  if (!usable) return state.quality;
  return state.atMono === null || atMono - state.atMono > maxAgeMs ? 'stale' : state.quality;
}

/** The reading of a sensor that is believed; null for any other. */
export function readingOf(state: SensorState | undefined): Reading | null {
  if (!state || state.value === null || state.atMono === null) return null;
  const sensor = sensorKey({ device: state.device, value: state.name });
  return { value: state.value, sensor, atMono: state.atMono };
}
