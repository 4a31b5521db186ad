import { iso, parseIso } from '#platform';
import { type Cause, instantOf, type Moment } from './cause.ts';
import type { SafetyRow } from './environment-store.ts';
import type { Verdict } from './safety.ts';
import type { SafetyMemory } from './safety-memory.ts';
import { clockOffsetSeconds, PLC } from './sighting.ts';
import type { DomeSeen } from './weather.ts';

/** A cause as the row keeps it: its times are ISO-8601 UTC. */
export interface StoredCause extends Pick<Cause, 'key' | 'kind' | 'sentence'> {
  readonly since: string;
  readonly earliestEnd: string | null;
}

/** The verdict as a row: `reasons` are the effective ones, `causes` the raw ones, bypassed or not. */
export function safetyRow(
  memory: SafetyMemory,
  verdict: Verdict,
  { moment, refused }: { moment: Moment; refused: number },
): SafetyRow {
  const { site, sources, bypassMono } = memory;
  const plc = sources[PLC];
  return {
    updated: iso(moment.nowMs),
    // By our own clock: whose data is fresh must not seem old because a clock is wrong.
    frame_at: plc ? iso(instantOf(moment, plc.freshMono)) : '',
    mode: site?.mode ?? '',
    night_ack: buttonWord(site?.nightAck ?? null),
    bypass: site?.bypass ? 1 : 0,
    bypass_state: verdict.bypass,
    bypass_since: bypassMono === null ? null : iso(instantOf(moment, bypassMono)),
    raw_safe: verdict.raw.safe ? 1 : 0,
    safe: verdict.safe ? 1 : 0,
    reasons: JSON.stringify(verdict.reasons.map((reason) => reason.sentence)),
    causes: JSON.stringify(verdict.raw.causes.map(stored)),
    clock_offset: plc ? clockOffsetSeconds(plc) : null,
    refused_frames: refused,
  };
}

/** Of a button that is not known -1: no 0, for one that is let go sets a spent acknowledgement free. */
function buttonWord(pressed: boolean | null): number {
  return pressed === null ? -1 : Number(pressed);
}

function stored({ key, kind, sentence, sinceMs, earliestEndMs }: Cause): StoredCause {
  const earliestEnd = earliestEndMs === null ? null : iso(earliestEndMs);
  return { key, kind, sentence, since: iso(sinceMs), earliestEnd };
}

/** The dome's last word for the site's row; empty when it is older than `oldMs` or cannot be read. */
export function domeSeen(
  word: { readonly updated: string; readonly status: string } | null,
  nowMs: number,
  oldMs: number,
): DomeSeen {
  const unknown = { dome: '', shutter: '' };
  if (!word || Math.abs(nowMs - parseIso(word.updated)) > oldMs) return unknown;
  const status: unknown = JSON.parse(word.status);
  if (typeof status !== 'object' || status === null) return unknown;
  const told = status as Record<string, unknown>;
  if (told.connected === false) return unknown;
  return {
    dome: typeof told.azimuthDeg === 'number' ? `${told.azimuthDeg.toFixed(1)}°` : '',
    shutter: typeof told.shutter === 'string' ? told.shutter : '',
  };
}
