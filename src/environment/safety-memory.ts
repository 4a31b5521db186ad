import type { Limit, PlcSpec } from '#unit';
import type { Moment } from './cause.ts';
import {
  DERIVED_UNITS,
  type Derived,
  derive,
  NOTHING_RECENT,
  type Recent,
  withRecent,
} from './derived-quantities.ts';
import { fuse, type SensorsNow } from './fusion.ts';
import { limitKey, nextQuantity, type QuantityState, released } from './quantity-state.ts';
import { type Reading, readSensors, type SensorStates } from './sensor-state.ts';
import { type Arrival, clockOffsetSeconds, PLC, type Sighting, sight } from './sighting.ts';
import {
  type Latches,
  nextBypassMono,
  nextLatches,
  type SiteReadings,
  siteReadings,
} from './site-state.ts';
import { convertDifference } from './unit-conversion.ts';

/**
 * The memory of the verdict: plain JSON, so that a restarted process can go on from it. Names that end
 * in `Mono` are readings of the monotonic clock, ms: `revived` translates them for another process.
 */
export interface SafetyMemory {
  readonly version: typeof VERSION;
  /** The last arrival. */
  readonly atMono: number;
  readonly sources: Readonly<Record<string, Sighting>>;
  readonly sensors: SensorStates;
  readonly recent: Recent;
  readonly quantities: Readonly<Record<string, QuantityState>>;
  readonly site: SiteReadings | null;
  readonly latches: Latches;
  /** Since when the PLC shows a bypass. */
  readonly bypassMono: number | null;
  /** Since when what is not measured is not OK: UPS, doors and the like, by the key of the cause. */
  readonly troubles: Readonly<Record<string, { readonly sinceMono: number }>>;
}

/** Memories of another form are not understood. */
const VERSION = 2;

/** Nothing is known yet, and unknown is unsafe. */
export const NOTHING_KNOWN: SafetyMemory = {
  version: VERSION,
  atMono: 0,
  sources: {},
  sensors: {},
  recent: NOTHING_RECENT,
  quantities: {},
  site: null,
  latches: {},
  bypassMono: null,
  troubles: {},
};

/** Greatest age of a limit's readings, or of the PLC's frame, ms. */
export function maxAgeMs(
  spec: PlcSpec,
  slackSeconds: number,
  limit?: Pick<Limit, 'maxAgeSeconds'>,
): number {
  return ((limit?.maxAgeSeconds ?? spec.maxAgeSeconds) + slackSeconds) * 1000;
}

/** Takes in what came. `nextNoonMs`: until when a quantity that flaps is held; null: it is not. */
export function remember(
  memory: SafetyMemory,
  arrival: Arrival,
  { spec, nextNoonMs = null }: { spec: PlcSpec; nextNoonMs?: number | null },
): SafetyMemory {
  const { source, atMono } = arrival;
  const oldMs = maxAgeMs(spec, arrival.slackSeconds);
  const sighting = sight(memory.sources[source], arrival, oldMs);
  if (!sighting) return memory;
  const isDoubtful = source !== PLC && isClockWrong(sighting, oldMs);
  const sensors = readSensors(memory.sensors, arrival, { spec, sighting, isDoubtful });
  const recent = withRecent(memory.recent, spec, { sensors, sinceMono: atMono - oldMs });
  const sources = { ...memory.sources, [source]: sighting };
  const next = { ...memory, atMono, sources, sensors, recent };
  const judged = { ...next, quantities: judgeAll(next, arrival, { spec, nextNoonMs }) };
  return source === PLC
    ? { ...judged, ...siteAfter(memory, arrival, isClockWrong(sighting, oldMs)) }
    : judged;
}

function judgeAll(
  memory: SafetyMemory,
  { atMono, nowMs, slackSeconds }: Arrival,
  { spec, nextNoonMs }: { spec: PlcSpec; nextNoonMs: number | null },
): SafetyMemory['quantities'] {
  const quantities: Record<string, QuantityState> = {};
  for (const limit of spec.limits) {
    const oldMs = maxAgeMs(spec, slackSeconds, limit);
    const now = { sensors: memory.sensors, sinceMono: atMono - oldMs };
    const reading = readingFor(limit, { spec, now, recent: memory.recent });
    const step = { atMono, nowMs, maxAgeMs: oldMs, nextNoonMs };
    const key = limitKey(limit);
    quantities[key] = nextQuantity(memory.quantities[key], { reading, step }, limit);
  }
  return quantities;
}

/** What a limit is about, in its own unit. */
function readingFor(
  limit: Limit,
  about: { spec: PlcSpec; now: SensorsNow; recent: Recent },
): Reading | null {
  if (!isDerived(limit.quantity)) return fuse(about.spec, limit, about.now);
  const reading = derive(limit.quantity, about);
  if (!reading) return null;
  const value = convertDifference(reading.value, DERIVED_UNITS[limit.quantity], limit.unit);
  return value === null ? null : { ...reading, value };
}

function isDerived(quantity: Limit['quantity']): quantity is Derived {
  return quantity in DERIVED_UNITS;
}

/** Its clock and ours are so far apart that one of them is wrong (hazard F41). */
function isClockWrong(sighting: Sighting, oldMs: number): boolean {
  return Math.abs(clockOffsetSeconds(sighting) ?? 0) * 1000 > oldMs;
}

function siteAfter(memory: SafetyMemory, { devices, atMono }: Arrival, isWrong: boolean) {
  const site = siteReadings(devices);
  const troubles: Record<string, { sinceMono: number }> = {};
  for (const key of [...siteTroubles(site), ...(isWrong ? ['clock'] : [])]) {
    troubles[key] = memory.troubles[key] ?? { sinceMono: atMono };
  }
  return {
    site,
    troubles,
    latches: nextLatches(memory.latches, site, atMono),
    bypassMono: nextBypassMono(memory.bypassMono, site.bypass, atMono),
  };
}

function siteTroubles(site: SiteReadings): string[] {
  const standing: readonly (readonly [key: string, isFine: boolean])[] = [
    ['intrusion', site.intrusion === false],
    ['emergency stop', site.emergencyStop === false],
    ['UPS', site.ups === 'ok'],
    ['mode', site.mode !== null],
    ['doors', site.doors === 'closed'],
    ['lights', site.lights === 'off'],
  ];
  return standing.filter(([, isFine]) => !isFine).map(([key]) => key);
}

/** Lets go what is held until noon: one quantity, or all. Gives also what was held. */
export function release(
  memory: SafetyMemory,
  quantity: string | null,
): { memory: SafetyMemory; released: readonly string[] } {
  const quantities: Record<string, QuantityState> = { ...memory.quantities };
  const freed: string[] = [];
  for (const [key, state] of Object.entries(quantities)) {
    const name = key.split(' ')[0] ?? key;
    if (state.heldUntilMs === null || (quantity !== null && name !== quantity)) continue;
    quantities[key] = released(state);
    freed.push(name);
  }
  return { memory: { ...memory, quantities }, released: freed };
}

/**
 * A memory of an earlier life, its ages continued by the wall clock between both lives. Older than
 * `oldMs`, or from the future, only what a person must end is taken over: latches, what is held until
 * noon, and that a bypass is no new one. Null for what is no such memory.
 */
export function revived(
  kept: { readonly memory: unknown; readonly savedMs: number },
  now: Moment,
  oldMs: number,
): SafetyMemory | null {
  if (!isMemory(kept.memory) || !Number.isFinite(kept.savedMs)) return null;
  const awayMs = now.nowMs - kept.savedMs;
  const shift = now.atMono - Math.max(0, awayMs) - kept.memory.atMono;
  const text = JSON.stringify(kept.memory);
  const memory = JSON.parse(text, (key, value) =>
    key.endsWith('Mono') && typeof value === 'number' ? value + shift : value,
  ) as SafetyMemory;
  if (awayMs >= 0 && awayMs <= oldMs) return memory;
  const { latches } = memory;
  // By a clock that went back nobody knows how long it has been shown: as if for ever.
  const unknownMs = awayMs < 0 ? LONG_MS : 0;
  const bypassMono = memory.bypassMono === null ? null : memory.bypassMono - unknownMs;
  return { ...NOTHING_KNOWN, latches, bypassMono, quantities: heldOnly(memory) };
}

/** Longer than any bypass may last. */
const LONG_MS = 86_400_000;

function heldOnly({ quantities }: SafetyMemory): SafetyMemory['quantities'] {
  const held = Object.entries(quantities).map(([key, state]) => {
    const { reopenings, heldUntilMs, wasGood } = state;
    const unknown = nextUnknown(state);
    return [key, { ...unknown, reopenings, heldUntilMs, wasGood }] as const;
  });
  return Object.fromEntries(held);
}

function nextUnknown(state: QuantityState): QuantityState {
  const nothing = { unsafeMono: null, beyondMono: null, withinMono: null, atMono: null };
  return { ...state, ...nothing, verdict: 'unknown', value: null, sensor: null };
}

/** Of this form as far as can be seen; what its parts hold shows when it is judged by. */
function isMemory(kept: unknown): kept is SafetyMemory {
  if (typeof kept !== 'object' || kept === null) return false;
  const { version, atMono, ...parts } = kept as Record<string, unknown>;
  if (version !== VERSION || !Number.isFinite(atMono)) return false;
  return PARTS.every((name) => typeof parts[name] === 'object' && parts[name] !== null);
}

const PARTS = ['sources', 'sensors', 'recent', 'quantities', 'latches', 'troubles'] as const;
