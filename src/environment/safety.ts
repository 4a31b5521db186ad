import type { PlcFrame } from '#devices';
import type { Limit, PlcSpec } from '#unit';
import { fuse, type SiteReadings, siteReadings } from './readings.ts';

/** What is remembered of one quantity from one reading to the next. */
export interface QuantityState {
  /** `bad` also while the dwell after a bad spell runs. */
  readonly verdict: 'good' | 'bad' | 'unknown';
  /** Since when readings are beyond the limit without a break; null while they are not. */
  readonly beyondSinceMs: number | null;
  /** Since when readings are within the limit without a break; null while they are not. */
  readonly withinSinceMs: number | null;
  readonly value: number | null;
  readonly sensor: string | null;
  readonly atMs: number | null;
}

/** The memory of the verdict: plain JSON, so that a restarted process can go on from it. */
export interface SafetyMemory {
  readonly quantities: Readonly<Record<string, QuantityState>>;
  readonly site: SiteReadings | null;
  /** When the last good frame was made by the PLC, UTC ms. */
  readonly frameMs: number | null;
}

/** Why the observatory is not safe: `key` for programs, `sentence` for people. */
export interface UnsafeReason {
  readonly key: string;
  readonly sentence: string;
}

export interface Verdict {
  readonly safe: boolean;
  readonly reasons: readonly UnsafeReason[];
}

/** Nothing is known yet, and unknown is unsafe. */
export const NOTHING_KNOWN: SafetyMemory = { quantities: {}, site: null, frameMs: null };

/**
 * One frame as it came in: `frameMs` is its own date, `nowMs` when it came, both UTC ms. A quantity
 * last known longer than `maxAgeSeconds` ago starts anew: nobody saw what it did meanwhile.
 */
export interface Arrival {
  readonly frame: PlcFrame;
  readonly frameMs: number;
  readonly nowMs: number;
  readonly maxAgeSeconds: number;
}

/** Takes in one frame. */
export function remember(memory: SafetyMemory, arrival: Arrival, spec: PlcSpec): SafetyMemory {
  const quantities: Record<string, QuantityState> = {};
  for (const limit of spec.limits) {
    quantities[limit.quantity] = nextState(memory.quantities[limit.quantity], arrival, limit);
  }
  return { quantities, site: siteReadings(arrival.frame), frameMs: arrival.frameMs };
}

function nextState(
  last: QuantityState | undefined,
  { frame, nowMs, maxAgeSeconds }: Arrival,
  limit: Limit,
): QuantityState {
  const isBroken = nowMs - (last?.atMs ?? nowMs) > maxAgeSeconds * 1000;
  const before = isBroken ? undefined : last;
  const reading = fuse(frame, limit);
  if (!reading) {
    const known = { value: null, sensor: null, atMs: last?.atMs ?? null };
    return { verdict: 'unknown', beyondSinceMs: null, withinSinceMs: null, ...known };
  }
  const beyond = isBeyond(limit, reading.value);
  const beyondSinceMs = beyond ? (before?.beyondSinceMs ?? nowMs) : null;
  const withinSinceMs = beyond ? null : (before?.withinSinceMs ?? nowMs);
  const verdict = judge(before?.verdict ?? 'unknown', limit, {
    beyond: beyondSinceMs === null ? null : (nowMs - beyondSinceMs) / 1000,
    within: withinSinceMs === null ? null : (nowMs - withinSinceMs) / 1000,
  });
  return { verdict, beyondSinceMs, withinSinceMs, ...reading };
}

/** Bad after the bad delay, good again only after the dwell; at first it must dwell too. */
function judge(
  before: QuantityState['verdict'],
  limit: Limit,
  seconds: { beyond: number | null; within: number | null },
): QuantityState['verdict'] {
  if (seconds.beyond !== null) {
    return before !== 'good' || seconds.beyond >= limit.badDelaySeconds ? 'bad' : 'good';
  }
  return before === 'good' || (seconds.within ?? 0) >= limit.goodDelaySeconds ? 'good' : 'bad';
}

export function isBeyond(limit: Limit, value: number): boolean {
  return limit.bad === 'above' ? value > limit.limit : value < limit.limit;
}

/** Safe only when every quantity is known, fresh and good, and no alarm stands. */
export function verdictOf(
  memory: SafetyMemory,
  spec: PlcSpec,
  now: { nowMs: number; maxAgeSeconds: number },
): Verdict {
  if (memory.frameMs === null) return unsafe([noPlc('No frame from the PLC yet')]);
  const age = (now.nowMs - memory.frameMs) / 1000;
  if (age > now.maxAgeSeconds) {
    return unsafe([noPlc(`The PLC's last data is ${Math.round(age)} s old`)]);
  }
  const weather = spec.limits.map((limit) => quantityReason(memory, limit, now));
  return unsafe([...alarmReasons(memory.site), ...weather].filter((reason) => reason !== null));
}

function unsafe(reasons: readonly UnsafeReason[]): Verdict {
  return { safe: reasons.length === 0, reasons };
}

function noPlc(sentence: string): UnsafeReason {
  return { key: 'plc', sentence };
}

function quantityReason(
  memory: SafetyMemory,
  limit: Limit,
  now: { nowMs: number; maxAgeSeconds: number },
): UnsafeReason | null {
  const state = memory.quantities[limit.quantity];
  const key = limit.quantity;
  if (!state || state.verdict === 'unknown' || state.value === null || state.atMs === null) {
    return { key, sentence: `${wordsOf(limit)} is unknown: no valid sensor` };
  }
  const age = (now.nowMs - state.atMs) / 1000;
  if (age > now.maxAgeSeconds) {
    return { key, sentence: `${wordsOf(limit)} is ${Math.round(age)} s old` };
  }
  if (state.verdict === 'good') return null;
  return { key, sentence: badSentence(limit, state, now.nowMs) };
}

/** `rainDetector` as people read it. */
function wordsOf({ quantity }: Limit): string {
  return quantity.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function badSentence(limit: Limit, state: QuantityState, nowMs: number): string {
  const unit = limit.unit === 'percent' ? '%' : limit.unit === 'Celcius' ? '°C' : limit.unit;
  const value = `${wordsOf(limit)} ${state.value} ${unit}`;
  if (state.withinSinceMs === null) {
    return `${value} is ${limit.bad} ${limit.limit} ${unit}`;
  }
  const left = limit.goodDelaySeconds - (nowMs - state.withinSinceMs) / 1000;
  return `${value} is good again, ${Math.max(0, Math.ceil(left / 60))} min of dwell left`;
}

function alarmReasons(site: SiteReadings | null): (UnsafeReason | null)[] {
  const known = (value: unknown, key: string): UnsafeReason | null =>
    value === null ? { key, sentence: `${key} is unknown` } : null;
  const alarm = (standing: boolean, key: string, sentence: string): UnsafeReason | null =>
    standing ? { key, sentence } : null;
  if (!site) return [{ key: 'site', sentence: 'The PLC says nothing of the observatory' }];
  return [
    known(site.intrusion, 'intrusion'),
    known(site.emergencyStop, 'emergency stop'),
    known(site.ups, 'UPS'),
    alarm(site.intrusion === true, 'intrusion', 'Somebody is in the observatory'),
    alarm(site.emergencyStop === true, 'emergency stop', 'The emergency stop is pressed'),
    alarm(site.ups === 'battery' || site.ups === 'low', 'UPS', `The UPS is on ${site.ups}`),
  ];
}
