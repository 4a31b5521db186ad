import type { Reader } from '#agent';
import { readSafety, type SafetyRow } from '#environment';
import { type Clock, parseIso } from '#platform';
import type { Unit } from '#unit';
import type { ButtonState } from './buttons.ts';
import { type ObservatoryRow, readObservatory } from './execution-store.ts';
import { type Pause, readPauses } from './pauses.ts';
import { siteLook } from './site-look.ts';

/** The observatory as persons see it: raw PLC, bypass, lock and effective value kept apart. */
export interface ObservatoryView {
  readonly mode: string;
  readonly since: string;
  readonly reason: string;
  /** To be given back with an order: one given on an older view is refused. */
  readonly version: number;
  /** By the sensors and alarms alone; null: not known. */
  readonly rawSafe: boolean | null;
  readonly bypass: {
    readonly wished: boolean;
    readonly by: string;
    readonly reason: string;
    readonly until: string | null;
    /** What the PLC shows; null: not known. */
    readonly shown: boolean | null;
  };
  readonly lock: { readonly locked: boolean; readonly by: string; readonly reason: string };
  readonly remoteBy: string;
  readonly safe: boolean;
  readonly acknowledged: boolean;
  readonly pauses: readonly Pause[];
  /** What the buttons depend on: see `buttons`. */
  readonly state: ButtonState;
}

interface Sources {
  readonly row: ObservatoryRow;
  readonly safety: SafetyRow | null;
  readonly unit: Unit;
  readonly nowMs: number;
  readonly maxAgeSeconds: number;
}

/** The view of one moment. */
export function observatoryView({ row, safety, unit, nowMs, maxAgeSeconds }: Sources) {
  const isNew = (at: string) => at !== '' && Math.abs(nowMs - parseIso(at)) <= maxAgeSeconds * 1000;
  const isFresh = safety !== null && isNew(safety.updated) && isNew(safety.frame_at);
  const isOn = row.bypass === 1 && row.bypass_until !== null && nowMs < parseIso(row.bypass_until);
  const site = siteLook(safety, { isFresh, wished: isOn });
  const { never } = unit.plc.bypass;
  const { bypass_by, bypass_reason, bypass_until, locked_by, locked_reason } = row;
  const view: ObservatoryView = {
    mode: row.mode,
    since: row.since,
    reason: row.reason,
    version: row.version,
    rawSafe: site.plcAlive ? site.rawSafe : null,
    bypass: {
      wished: row.bypass === 1,
      by: bypass_by,
      reason: bypass_reason,
      until: bypass_until,
      shown: site.bypassShown,
    },
    lock: { locked: row.locked === 1, by: locked_by, reason: locked_reason },
    remoteBy: row.remote_by,
    safe: site.safe,
    acknowledged: row.night_ack === 1,
    pauses: readPauses(row.pauses),
    state: {
      mode: row.mode,
      locked: row.locked === 1,
      safe: site.safe,
      bypassed: row.bypass === 1 || site.bypassShown === true,
      plcAlive: site.plcAlive,
      neverCovered: site.causes.map(({ key }) => key).filter((key) => never.includes(key)),
    },
  };
  return view;
}

/** The same from the database; null before the first Majordome. */
export async function readObservatoryView(
  reader: Reader,
  { unit, clock }: { unit: Unit; clock: Clock },
): Promise<ObservatoryView | null> {
  const row = await readObservatory(reader);
  if (!row) return null;
  const safety = await readSafety(reader);
  const maxAgeSeconds = clock.allow(unit.plc.maxAgeSeconds);
  return observatoryView({ row, safety, unit, nowMs: clock.now(), maxAgeSeconds });
}
