import { z } from 'zod';
import { freezes, type SafetyRow } from '#environment';
import { type Clock, parseIso } from '#platform';
import type { ModeInputs } from './observatory-mode.ts';
import type { Standing } from './pauses.ts';

/** What the env monitoring says of the site, as the Majordome takes it. */
export interface SiteLook {
  readonly plcAlive: boolean;
  readonly plcMode: ModeInputs['plcMode'];
  /** Raw: by the sensors and alarms alone. */
  readonly rawSafe: boolean;
  /** Effective: raw, or overruled by a bypass that a person of ours wants. */
  readonly safe: boolean;
  /** The PLC shows a bypass; null: nothing fresh is known of it. */
  readonly bypassShown: boolean | null;
  /** What stands against, one by one, also what a bypass overrules. */
  readonly causes: readonly (Standing & { readonly key: string })[];
  /** The button of the night: null, not known. */
  readonly nightAck: number | null;
  /** By the last word, however old: an alarm stands under which nothing but the shutter moves. */
  readonly isFrozen: boolean;
}

const causeSchema = z.object({
  key: z.string(),
  kind: z.enum(['weather', 'site', 'hardware', 'clock']),
  sentence: z.string(),
  since: z.string().nullable(),
  earliestEnd: z.string().nullable(),
});

const causesSchema = z.array(causeSchema);
const reasonsSchema = z.array(z.string());

/** Nothing is known of the site, and unknown is unsafe. */
export const NO_SITE: SiteLook = {
  plcAlive: false,
  plcMode: null,
  rawSafe: false,
  safe: false,
  bypassShown: null,
  causes: [],
  nightAck: null,
  isFrozen: false,
};

/**
 * Reads the row of the env monitoring. `isFresh`: its writer and the PLC have spoken lately. A bypass
 * that the PLC shows without a wish of ours (`wished`) does not count here.
 */
export function siteLook(
  row: SafetyRow | null,
  { isFresh, wished }: { isFresh: boolean; wished: boolean },
): SiteLook {
  if (!row) return NO_SITE;
  const causes = causesOf(row);
  const isFrozen = causes.some(freezes);
  if (!isFresh) return { ...NO_SITE, isFrozen };
  if (causes.some(({ key }) => key === 'plc')) return { ...NO_SITE, causes, isFrozen };
  const shown = row.bypass === 1;
  const rawSafe = rawSafeOf(row);
  const mode = row.mode === 'off' || row.mode === 'manu' || row.mode === 'auto' ? row.mode : null;
  return {
    plcAlive: true,
    plcMode: mode,
    rawSafe,
    safe: row.safe === 1 && (rawSafe || wished),
    bypassShown: shown,
    causes,
    nightAck: row.night_ack === 0 || row.night_ack === 1 ? row.night_ack : null,
    isFrozen,
  };
}

/** Without a bypass there is nothing between the two values. */
function rawSafeOf(row: SafetyRow): boolean {
  return row.bypass === 1 ? row.raw_safe === 1 : row.safe === 1;
}

function causesOf(row: SafetyRow): Standing[] {
  const causes = causesSchema.safeParse(jsonOf(row.causes));
  if (causes.success && causes.data.length > 0) {
    return causes.data.map(({ key, kind, sentence, since, earliestEnd }) => ({
      kind: kind === 'clock' ? 'hardware' : kind,
      key,
      sentence,
      ...(since === null ? {} : { sinceMs: parseIso(since) }),
      earliestEndMs: earliestEnd === null ? null : parseIso(earliestEnd),
    }));
  }
  const reasons = reasonsSchema.safeParse(jsonOf(row.reasons));
  if (reasons.success && reasons.data.length > 0) {
    return reasons.data.map((sentence) => ({ kind: 'site', key: sentence, sentence }));
  }
  return row.safe === 1 ? [] : [{ kind: 'site', key: 'safety', sentence: 'safety is unknown' }];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Dates nearer to each other than this are the same, ms: the same instant by two readings of a clock. */
const LEAST_STEP_MS = 100;

/**
 * Whether a dated row is written again and again, by our own watch: a date says nothing once a clock
 * was set (I9). Only the first date that is seen is compared with the clock.
 */
export class FreshWatch {
  readonly #clock: Clock;
  #stampMs: number | null = null;
  #sinceMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True when `stamp` was new within so many seconds. */
  isFresh(stamp: string, maxAgeSeconds: number): boolean {
    if (stamp === '') return false;
    const nowMs = this.#clock.monotonic();
    const stampMs = parseIso(stamp);
    if (this.#stampMs === null || Math.abs(stampMs - this.#stampMs) >= LEAST_STEP_MS) {
      const ageMs = this.#stampMs === null ? Math.abs(this.#clock.now() - stampMs) : 0;
      this.#stampMs = stampMs;
      this.#sinceMs = nowMs - ageMs;
    }
    return nowMs - this.#sinceMs <= maxAgeSeconds * 1000;
  }
}
