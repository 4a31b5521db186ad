import { type BodyName, bodyNames, type EphemerisTarget, type SkyTarget } from '#sky';
import type { Sequence, Target } from './request.ts';

/** The columns of a sequence that say where it looks. */
export interface TargetRow {
  readonly target: string;
  /** `FIXED`, `BODY` (then `target` is its name) or `EPHEMERIS`. */
  readonly target_form: string;
  /** ICRS degrees; of a target that moves, its place at the start of the window, or null. */
  readonly ra_deg: number | null;
  readonly dec_deg: number | null;
  readonly pm_ra: number;
  readonly pm_dec: number;
  readonly epoch: number;
  /** JSON: `[{"ms": …, "raDeg": …, "decDeg": …}, …]`, UTC milliseconds and ICRS degrees by time. */
  readonly ephemeris: string | null;
}

export function targetRow({ target, path }: Pick<Sequence, 'target' | 'path'>): TargetRow {
  return {
    target: path?.kind === 'BODY' ? path.body : target.name,
    target_form: path?.kind ?? 'FIXED',
    ra_deg: target.raDeg,
    dec_deg: target.decDeg,
    pm_ra: target.pmRaMasPerYear ?? 0,
    pm_dec: target.pmDecMasPerYear ?? 0,
    epoch: target.epoch ?? 2000,
    ephemeris: path?.kind === 'EPHEMERIS' ? JSON.stringify(path.points) : null,
  };
}

/** Where a stored sequence looks. */
export interface StoredTarget {
  readonly target: Target;
  /** What to plan with and to point at: `placeOf` tells its place at any moment. */
  readonly skyTarget: SkyTarget;
  /** What its row holds that is no target, for people; empty when all is well. */
  readonly targetFault: string;
}

/**
 * Reads the columns, which any console may have written: what is no target becomes a place that is not
 * a number, and the fault says what is wrong with it.
 */
export function targetOf(row: TargetRow): StoredTarget {
  const place = { raDeg: numberIn(row.ra_deg), decDeg: numberIn(row.dec_deg) };
  const target = { name: row.target, ...place };
  const path = pathOf(row);
  if (typeof path === 'string') return { target, skyTarget: NOWHERE, targetFault: path };
  if (path) return { target, skyTarget: path, targetFault: '' };
  const skyTarget = { ...place, ...motionOf(row) };
  return { target: { ...target, ...motionOf(row) }, skyTarget, targetFault: '' };
}

const NOWHERE: SkyTarget = { raDeg: Number.NaN, decDeg: Number.NaN };

/** A way across the sky; undefined for a place; or what is wrong. */
function pathOf(row: TargetRow): Exclude<SkyTarget, Target> | string | undefined {
  if (row.target_form === 'FIXED') return undefined;
  if (row.target_form === 'EPHEMERIS') return ephemerisOf(row.ephemeris);
  if (row.target_form !== 'BODY') {
    return `"${row.target_form}" is no form of target: write FIXED, BODY or EPHEMERIS`;
  }
  const body = bodyNames.find((name) => name.toLowerCase() === row.target.trim().toLowerCase());
  if (body) return { kind: 'BODY', body: body satisfies BodyName };
  return `"${row.target}" is no body: write one of ${bodyNames.join(', ')}`;
}

const EPHEMERIS_WANTED =
  'its ephemeris is not a list of {ms, raDeg, decDeg} by time: write it again as JSON';

function ephemerisOf(text: string | null): EphemerisTarget | string {
  try {
    const points: unknown = JSON.parse(text ?? '');
    return arePoints(points) ? { kind: 'EPHEMERIS', points } : EPHEMERIS_WANTED;
  } catch {
    return EPHEMERIS_WANTED;
  }
}

function arePoints(value: unknown): value is EphemerisTarget['points'] {
  if (!Array.isArray(value) || value.length === 0) return false;
  let before = Number.NEGATIVE_INFINITY;
  for (const point of value as readonly (Partial<EphemerisTarget['points'][number]> | null)[]) {
    const { ms, raDeg, decDeg } = point ?? {};
    if (![ms, raDeg, decDeg].every(Number.isFinite)) return false;
    if (Number(ms) <= before || Math.abs(Number(decDeg)) > 90) return false;
    before = Number(ms);
  }
  return true;
}

function motionOf({ pm_ra, pm_dec, epoch }: TargetRow): Partial<Target> {
  return {
    ...(pm_ra !== 0 && { pmRaMasPerYear: numberIn(pm_ra) }),
    ...(pm_dec !== 0 && { pmDecMasPerYear: numberIn(pm_dec) }),
    ...(epoch !== 2000 && { epoch: numberIn(epoch) }),
  };
}

/** SQLite keeps a text in a column of numbers when somebody puts it there. */
export function numberIn(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}
