import type { PlcSpec } from '#unit';
import type { Alarm } from './alarm-list.ts';
import type { Cause, Moment } from './cause.ts';
import { disagreement } from './fusion.ts';
import { limitKey } from './quantity-state.ts';
import type { Verdict } from './safety.ts';
import { maxAgeMs, type SafetyMemory } from './safety-memory.ts';
import type { Quality } from './sensor-quality.ts';
import { qualityNow, type SensorState } from './sensor-state.ts';
import { sensorKey, sensorsOf } from './watch-list.ts';

/** Shorter troubles of a sensor are no news, seconds. */
const SENSOR_SECONDS = 30;
/** A PLC that answers again so soon was not lost, seconds. */
const LOST_SECONDS = 10;

const SITE_SEVERITY: Readonly<Record<string, Alarm['severity']>> = {
  intrusion: 'CRITICAL',
  'emergency stop': 'CRITICAL',
  UPS: 'CRITICAL',
  plc: 'SERIOUS',
  clock: 'SERIOUS',
  doors: 'WARNING',
  lights: 'WARNING',
  mode: 'WARNING',
};

/** What people should know of sensors, PLC and site. Bad weather is none of it: that is ordinary. */
export function standingAlarms(
  memory: SafetyMemory,
  spec: PlcSpec,
  { verdict, moment }: { verdict: Verdict; moment: Moment },
): readonly Alarm[] {
  const causes = verdict.raw.causes;
  const isLost = causes.some(({ key }) => key === 'plc');
  // Without a PLC, every sensor is silent: one alarm tells it all.
  const sensors = isLost ? [] : sensorAlarms(memory, spec, moment);
  return [...causes.flatMap(causeAlarm), ...heldAlarms(memory, spec, moment), ...sensors];
}

function causeAlarm({ key, kind, sentence }: Cause): Alarm[] {
  const severity = SITE_SEVERITY[key];
  if (severity) {
    return [{ key, severity, sentence, afterSeconds: key === 'plc' ? LOST_SECONDS : 0 }];
  }
  if (kind !== 'hardware') return [];
  return [{ key: `unknown.${key}`, severity: 'SERIOUS', sentence, afterSeconds: SENSOR_SECONDS }];
}

function heldAlarms(memory: SafetyMemory, spec: PlcSpec, { nowMs }: Moment): Alarm[] {
  return spec.limits.flatMap((limit) => {
    const until = memory.quantities[limitKey(limit)]?.heldUntilMs ?? null;
    if (until === null || until <= nowMs) return [];
    const sentence = `${limit.quantity} changed too often: closed until noon or until released`;
    return [
      { key: `held.${limit.quantity}`, severity: 'SERIOUS' as const, sentence, afterSeconds: 0 },
    ];
  });
}

function sensorAlarms(memory: SafetyMemory, spec: PlcSpec, moment: Moment): Alarm[] {
  const oldMs = maxAgeMs(spec, moment.slackSeconds);
  const now = { sensors: memory.sensors, sinceMono: moment.atMono - oldMs };
  const contradictions = spec.limits.flatMap((limit) => {
    const sentence = disagreement(spec, limit, now);
    return sentence === null ? [] : [warning(`disagree.${limit.quantity}`, sentence)];
  });
  const states = Object.values(memory.sensors).map((state) => ({
    state,
    quality: qualityNow(state, moment.atMono, oldMs),
  }));
  return [...contradictions, ...frozenAlarms(states), ...unusableAlarms(states, spec)];
}

type Seen = { readonly state: SensorState; readonly quality: Quality };

function frozenAlarms(seen: readonly Seen[]): Alarm[] {
  return seen.flatMap(({ state, quality }) => {
    if (quality !== 'frozen') return [];
    const key = keyOf(state);
    const sentence = `${key} gave ${state.raw} ${state.same} times in a row: it is not believed`;
    return [{ ...warning(`frozen.${key}`, sentence), afterSeconds: 0 }];
  });
}

/**
 * One alarm a device: a station that fails takes all its sensors with it. A value that nobody gives is
 * only missed where a limit asks for it.
 */
function unusableAlarms(seen: readonly Seen[], spec: PlcSpec): Alarm[] {
  const needed = new Set(spec.limits.flatMap((limit) => sensorsOf(spec, limit).map(sensorKey)));
  const bad = seen.filter(
    ({ state, quality }) =>
      quality !== 'good' &&
      quality !== 'frozen' &&
      (state.raw !== null || needed.has(keyOf(state))),
  );
  return [...new Set(bad.map(({ state }) => state.device))].map((device) => {
    const each = bad
      .filter(({ state }) => state.device === device)
      .map(({ state, quality }) => `${state.name} ${quality}`);
    return warning(`sensor.${device}`, `${device} is not believed: ${each.join(', ')}`);
  });
}

function keyOf({ device, name }: SensorState): string {
  return sensorKey({ device, value: name });
}

function warning(key: string, sentence: string): Alarm {
  return { key, severity: 'WARNING', sentence, afterSeconds: SENSOR_SECONDS };
}
