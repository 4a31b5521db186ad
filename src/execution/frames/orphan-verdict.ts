/** A file of a night's images that no row names. */
export interface Orphan {
  readonly name: string;
  /** The exposure that its header names, when its sums are right; null: it is not whole. */
  readonly exposureId: string | null;
}

/** The row of the exposure that it names, as far as it decides. */
export interface OrphanRow {
  readonly state: string;
  readonly path: string;
}

export type OrphanVerdict =
  | { readonly kind: 'taken' }
  /** It ended before its time, and its file came after. */
  | { readonly kind: 'kept' }
  | { readonly kind: 'quarantine'; readonly reason: string };

/** What becomes of a file that a crash left without its row (hazard F26). */
export function judgeOrphan(orphan: Orphan, row: OrphanRow | null): OrphanVerdict {
  if (orphan.name.endsWith('.part')) return quarantine('its writing was cut off');
  if (orphan.exposureId === null) return quarantine('it is damaged');
  if (!row) return quarantine(`no exposure ${orphan.exposureId} is known`);
  if (row.path !== '') return quarantine(`${orphan.exposureId} has another file`);
  if (row.state === 'EXPOSING') return { kind: 'taken' };
  if (row.state === 'ABORTED') return { kind: 'kept' };
  return quarantine(`${orphan.exposureId} is ${row.state}`);
}

function quarantine(reason: string): OrphanVerdict {
  return { kind: 'quarantine', reason };
}
