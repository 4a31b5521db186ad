import { iso } from '#platform';
import type { PlcSpec } from '#unit';
import { instantOf, type Moment } from './cause.ts';
import { measure } from './fusion.ts';
import { limitKey } from './quantity-state.ts';
import { maxAgeMs, type SafetyMemory } from './safety-memory.ts';
import { qualityNow, type SensorState } from './sensor-state.ts';
import { MEASURES, sensorKey } from './watch-list.ts';

/** One sensor as the table `sensor_reading` keeps it. */
export interface SensorRow {
  readonly device: string;
  readonly name: string;
  readonly value: number | null;
  readonly unit: string;
  readonly raw: string;
  readonly quality: string;
  readonly at: string | null;
  readonly used: number;
  readonly updated: string;
}

/** Chooses among sensors by what does not need the whole row. */
export type SensorChoice = (sensor: Pick<SensorRow, 'device' | 'name' | 'quality'>) => boolean;

/** Every sensor that is watched and `isWanted`, as it stands at this moment. */
export function sensorRows(
  memory: SafetyMemory,
  spec: PlcSpec,
  { moment, isWanted }: { moment: Moment; isWanted: SensorChoice },
): readonly SensorRow[] {
  const oldMs = maxAgeMs(spec, moment.slackSeconds);
  const wanted = Object.values(memory.sensors)
    .map((state) => ({ ...state, quality: qualityNow(state, moment.atMono, oldMs) }))
    .filter(isWanted);
  if (wanted.length === 0) return [];
  const used = usedSensors(memory, spec, moment.atMono - oldMs);
  return wanted.map((state) => rowOf(state, { used, moment }));
}

function rowOf(
  state: SensorState,
  { used, moment }: { used: ReadonlySet<string>; moment: Moment },
): SensorRow {
  const { device, name, value, unit, raw, quality, atMono } = state;
  return {
    device,
    name,
    value,
    unit,
    raw: JSON.stringify(raw),
    quality,
    at: atMono === null ? null : iso(instantOf(moment, atMono)),
    used: used.has(sensorKey({ device, value: name })) ? 1 : 0,
    updated: iso(moment.nowMs),
  };
}

/** Those by which a limit or the weather is decided. */
function usedSensors(memory: SafetyMemory, spec: PlcSpec, sinceMono: number): ReadonlySet<string> {
  const now = { sensors: memory.sensors, sinceMono };
  const limits = spec.limits.map((limit) => memory.quantities[limitKey(limit)]?.sensor ?? '');
  const measures = MEASURES.map((name) => measure(spec, name, now)?.sensor ?? '');
  return new Set([...limits, ...measures].flatMap((sensor) => sensor.split(' and ')));
}
