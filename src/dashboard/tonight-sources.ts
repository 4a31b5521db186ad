import type { Fact, Survey } from '#agent';
import type { StoredAlert } from '#alert';
import type { SafetyRow, Weather } from '#environment';
import type { ImageRow, ObservatoryRow } from '#execution';
import type { StoredSchedule } from '#planning';
import type { StoredSequence } from '#request';
import type { Unit } from '#unit';

/** All that the page is made of: what the database holds, and the time. */
export interface TonightSources {
  readonly unit: Unit;
  readonly nowMs: number;
  readonly rate: number;
  /** Seconds after which a word no longer counts. */
  readonly maxAgeSeconds: number;
  readonly observatory: ObservatoryRow | null;
  readonly safety: SafetyRow | null;
  readonly devices: ReadonlyMap<string, { updated: string; status: Record<string, unknown> }>;
  readonly weather: readonly (Weather & { updated: string })[];
  readonly schedule: StoredSchedule | null;
  readonly sequences: readonly StoredSequence[];
  /** Facts of the night, oldest first. */
  readonly facts: readonly Fact[];
  readonly images: readonly ImageRow[];
  readonly imageCount: number;
  readonly alerts: readonly StoredAlert[];
  readonly surveys: readonly Survey[];
}
