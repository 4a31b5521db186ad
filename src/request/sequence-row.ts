import { julianDate, msFromJulianDate } from '#sky';
import { accountsOf } from './accounts.ts';
import type { Sequence, SequenceLimits, StartMode } from './request.ts';
import type { SequenceStatus } from './sequence-status.ts';
import { numberIn, type StoredTarget, type TargetRow, targetOf, targetRow } from './target-row.ts';

/** A sequence as stored, with what its request says. */
export interface StoredSequence extends Omit<Sequence, 'albums' | 'target' | 'path'>, StoredTarget {
  readonly id: number;
  readonly requestId: number;
  readonly program: string;
  /** Who pays; those that have a quota are in `readQuotas`. */
  readonly accounts: readonly string[];
  readonly isAlert: boolean;
  readonly reason: string;
}

/** The columns of a sequence that its observer gives. */
interface TermsRow extends TargetRow {
  readonly name: string;
  readonly jd1: number;
  readonly jd2: number;
  readonly priority: number;
  readonly start_mode: string;
  readonly t_prefered: number;
  readonly duration: number;
  readonly min_useful_seconds: number | null;
  readonly min_alt_deg: number | null;
  readonly moon_distance_deg: number | null;
  readonly sun_distance_deg: number | null;
  readonly sky_brightness: number | null;
  readonly max_seeing: number | null;
}

/** A row, joined with its request, its program and its user. */
export interface SequenceRow extends TermsRow {
  readonly id: number;
  readonly request_id: unknown;
  readonly status: string;
  readonly reason: string;
  readonly program: string;
  readonly is_alert: number;
  readonly username: string;
  readonly country: string | null;
}

export function termsRow(sequence: Sequence): TermsRow {
  const { limits = {}, tPreferedMs } = sequence;
  return {
    name: sequence.name,
    ...targetRow(sequence),
    jd1: julianDate(sequence.windowStartMs),
    jd2: julianDate(sequence.windowEndMs),
    priority: sequence.priority,
    start_mode: sequence.startMode,
    t_prefered: tPreferedMs === null ? -1 : julianDate(tPreferedMs),
    duration: sequence.durationSeconds,
    min_useful_seconds: sequence.minUsefulSeconds ?? null,
    min_alt_deg: limits.minAltDeg ?? null,
    moon_distance_deg: limits.moonDistanceDeg ?? null,
    sun_distance_deg: limits.sunDistanceDeg ?? null,
    sky_brightness: limits.skyBrightness ?? null,
    max_seeing: limits.maxSeeingArcsec ?? null,
  };
}

/** Reads a row, which any console may have written: what is not a number becomes NaN. */
export function sequenceOf(row: SequenceRow): StoredSequence {
  const { min_useful_seconds: useful } = row;
  const limits = limitsOf(row);
  return {
    id: row.id,
    requestId: Number(row.request_id),
    program: row.program,
    accounts: accountsOf(row),
    isAlert: row.is_alert === 1,
    name: row.name,
    status: row.status as SequenceStatus,
    reason: row.reason,
    ...targetOf(row),
    windowStartMs: instantOf(row.jd1),
    windowEndMs: instantOf(row.jd2),
    priority: numberIn(row.priority),
    startMode: row.start_mode as StartMode,
    tPreferedMs: row.t_prefered === -1 ? null : instantOf(row.t_prefered),
    durationSeconds: numberIn(row.duration),
    ...(useful !== null && { minUsefulSeconds: numberIn(useful) }),
    ...(limits && { limits }),
  };
}

/** The farthest instant that a date may hold, UTC milliseconds. */
const FARTHEST_MS = 8.64e15;

/** A window without end, written as an enormous day, ends with the dates there are. */
function instantOf(jd: number): number {
  const ms = msFromJulianDate(numberIn(jd));
  return Math.max(-FARTHEST_MS, Math.min(FARTHEST_MS, ms));
}

function limitsOf(row: TermsRow): SequenceLimits | undefined {
  const limits: { -readonly [Limit in keyof SequenceLimits]: number } = {};
  if (row.min_alt_deg !== null) limits.minAltDeg = numberIn(row.min_alt_deg);
  if (row.moon_distance_deg !== null) limits.moonDistanceDeg = numberIn(row.moon_distance_deg);
  if (row.sun_distance_deg !== null) limits.sunDistanceDeg = numberIn(row.sun_distance_deg);
  if (row.sky_brightness !== null) limits.skyBrightness = numberIn(row.sky_brightness);
  if (row.max_seeing !== null) limits.maxSeeingArcsec = numberIn(row.max_seeing);
  return Object.keys(limits).length === 0 ? undefined : limits;
}
