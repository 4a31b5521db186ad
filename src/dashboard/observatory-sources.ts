import type { Fact } from '#agent';
import type { GicDocument } from '#calibration';
import type { SafetyRow } from '#environment';
import type { ObservatoryRow } from '#execution';
import type { Unit } from '#unit';

/** All that the page "Observatory" is made of. */
export interface ObservatorySources {
  readonly unit: Unit;
  readonly nowMs: number;
  /** Seconds after which a word on safety no longer counts. */
  readonly maxAgeSeconds: number;
  readonly observatory: ObservatoryRow | null;
  readonly safety: SafetyRow | null;
  readonly dome: { readonly updated: string; readonly status: Record<string, unknown> } | null;
  readonly guarded: boolean;
  /** Alarms raised and cleared, oldest first. */
  readonly alarms: readonly Extract<Fact, { type: 'AlarmRaised' | 'AlarmCleared' }>[];
  readonly sensors: readonly {
    readonly device: string;
    readonly name: string;
    readonly value: number | null;
    readonly unit: string;
    readonly quality: string;
    readonly at: string | null;
    readonly used: number;
  }[];
  readonly statuses: GicDocument;
}
