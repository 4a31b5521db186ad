import { iso } from '#platform';
import type { Limit, PlcSpec } from '#unit';
import { type Cause, instantOf, type Moment, type UnsafeReason } from './cause.ts';
import { limitKey, type QuantityState } from './quantity-state.ts';
import { maxAgeMs, type SafetyMemory } from './safety-memory.ts';
import { clockOffsetSeconds, PLC, type Sighting } from './sighting.ts';
import { siteCauses } from './site-causes.ts';

/**
 * Is it safe? Raw is what the sensors say; effective is raw unless a bypass that the PLC shows overrules
 * it. They are never one value.
 */
export interface Verdict {
  /** Effective. */
  readonly safe: boolean;
  /** Why it is not, effectively. */
  readonly reasons: readonly UnsafeReason[];
  readonly causes: readonly Cause[];
  readonly raw: { readonly safe: boolean; readonly causes: readonly Cause[] };
  /** `void`: shown, but for too long or over what no bypass covers. */
  readonly bypass: 'off' | 'on' | 'void';
}

/** Raw is safe only when every quantity is known, fresh and good, no alarm stands and clocks agree. */
export function verdictOf(memory: SafetyMemory, spec: PlcSpec, now: Moment): Verdict {
  const causes = rawCauses(memory, spec, now);
  const raw = { safe: causes.length === 0, causes };
  const bypass = bypassState(memory, spec, { now, causes });
  const effective = bypass === 'on' ? [] : causes;
  return { safe: effective.length === 0, reasons: effective, causes: effective, raw, bypass };
}

function rawCauses(memory: SafetyMemory, spec: PlcSpec, now: Moment): readonly Cause[] {
  const plc = memory.sources[PLC];
  const lost = plcCause(plc, spec, now);
  const site = siteCauses(memory, spec, { now, isLost: lost !== null });
  const clock = plc
    ? clockCause(memory, { plc, now, oldMs: maxAgeMs(spec, now.slackSeconds) })
    : [];
  if (lost) return [lost, ...clock, ...site];
  return [
    ...clock,
    ...site,
    ...spec.limits.flatMap((limit) => quantityCause(limit, { memory, spec, now })),
  ];
}

function plcCause(plc: Sighting | undefined, spec: PlcSpec, now: Moment): Cause | null {
  const base = { key: 'plc', kind: 'hardware', earliestEndMs: null } as const;
  if (!plc) return { ...base, sentence: 'No frame from the PLC yet', sinceMs: now.nowMs };
  const oldMs = maxAgeMs(spec, now.slackSeconds);
  const ageMs = now.atMono - plc.freshMono;
  if (ageMs <= oldMs) return null;
  const sinceMs = instantOf(now, plc.freshMono + oldMs);
  const isRepeated = plc.atMono - plc.freshMono > oldMs / 2;
  const why = isRepeated ? ': it repeats the same frame' : '';
  return {
    ...base,
    sentence: `The PLC's last data is ${Math.round(ageMs / 1000)} s old${why}`,
    sinceMs,
  };
}

function clockCause(
  memory: SafetyMemory,
  { plc, now, oldMs }: { plc: Sighting; now: Moment; oldMs: number },
): Cause[] {
  const base = { key: 'clock', kind: 'clock', earliestEndMs: null } as const;
  const jumpMs = now.nowMs - plc.nowMs - (now.atMono - plc.atMono);
  if (Math.abs(jumpMs) > oldMs) {
    const sentence = `This computer's clock jumped by ${Math.round(jumpMs / 1000)} s`;
    return [{ ...base, sentence, sinceMs: instantOf(now, plc.atMono) }];
  }
  const { clock: trouble } = memory.troubles;
  if (!trouble) return [];
  const offset = Math.round(clockOffsetSeconds(plc) ?? 0);
  const way = offset > 0 ? 'ahead of' : 'behind';
  const dated = iso(plc.dateMs ?? 0).slice(0, 19);
  const sentence = `The PLC's clock (${dated}) is ${Math.abs(offset)} s ${way} ours`;
  return [{ ...base, sentence, sinceMs: instantOf(now, trouble.sinceMono) }];
}

function quantityCause(
  limit: Limit,
  { memory, spec, now }: { memory: SafetyMemory; spec: PlcSpec; now: Moment },
): Cause[] {
  const state = memory.quantities[limitKey(limit)];
  const { quantity: key } = limit;
  const sinceMs = instantOf(now, state?.unsafeMono ?? now.atMono);
  const earliestEndMs = now.nowMs + limit.goodDelaySeconds * 1000;
  const unknown = { key, kind: 'hardware', earliestEndMs } as const;
  if (!state || state.verdict === 'unknown' || state.value === null || state.atMono === null) {
    return [{ ...unknown, sentence: `${wordsOf(limit)} is unknown: no valid sensor`, sinceMs }];
  }
  const oldMs = maxAgeMs(spec, now.slackSeconds, limit);
  const ageMs = now.atMono - state.atMono;
  if (ageMs > oldMs) {
    const sentence = `${wordsOf(limit)} is ${Math.round(ageMs / 1000)} s old`;
    return [{ ...unknown, sentence, sinceMs: instantOf(now, state.atMono + oldMs) }];
  }
  if (state.verdict === 'good') return [];
  return [{ key, kind: 'weather', sinceMs, ...badCause(limit, state, now) }];
}

function badCause(limit: Limit, state: QuantityState, now: Moment) {
  const dwellMs = limit.goodDelaySeconds * 1000;
  const dwelt = state.withinMono === null ? now.nowMs : instantOf(now, state.withinMono);
  const earliestEndMs = Math.max(dwelt + dwellMs, state.heldUntilMs ?? 0);
  return { sentence: badSentence(limit, state, now), earliestEndMs };
}

/** `rainDetector` as people read it. */
function wordsOf({ quantity }: Limit): string {
  return quantity.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function badSentence(limit: Limit, state: QuantityState, now: Moment): string {
  const unit = limit.unit === 'percent' ? '%' : limit.unit === 'Celcius' ? '°C' : limit.unit;
  const value = `${wordsOf(limit)} ${Number(state.value?.toFixed(3))} ${unit}`;
  if (state.heldUntilMs !== null && state.heldUntilMs > now.nowMs) {
    const until = iso(state.heldUntilMs).slice(0, 16);
    return `${value} changed too often: held until ${until}Z or until released`;
  }
  if (state.beyondMono !== null) return `${value} is ${limit.bad} ${limit.limit} ${unit}`;
  if (state.withinMono === null) return `${value} is not yet back at ${limit.reopen} ${unit}`;
  const left = limit.goodDelaySeconds - (now.atMono - state.withinMono) / 1000;
  return `${value} is good again, ${Math.max(0, Math.ceil(left / 60))} min of dwell left`;
}

function bypassState(
  memory: SafetyMemory,
  spec: PlcSpec,
  { now, causes }: { now: Moment; causes: readonly Cause[] },
): Verdict['bypass'] {
  const { longestMinutes, never } = spec.bypass;
  if (memory.site?.bypass !== true || memory.bypassMono === null) return 'off';
  const isExpired = now.atMono - memory.bypassMono > longestMinutes * 60_000;
  // A frame that is too old cannot tell that the bypass is still shown.
  const isCovered = causes.every(({ key }) => key !== 'plc' && !never.includes(key));
  return isExpired || !isCovered ? 'void' : 'on';
}
