import type { SkyTarget } from '#sky';
import type { PlanConstraints, PlanSequence } from '../schedule.ts';
import type { NightAsked } from './night-tables.ts';

/** Whether two inputs ask for the same night under the same rules. */
export function isSameNight(a: NightAsked, b: NightAsked): boolean {
  return hasSameFields(a.night, b.night) && hasSameRules(a.constraints, b.constraints);
}

/** Whether two sequences ask the same of the sky: their priority and accounts do not matter. */
export function asksTheSame(a: PlanSequence, b: PlanSequence): boolean {
  if (a === b) return true;
  return (
    a.windowStartMs === b.windowStartMs &&
    a.windowEndMs === b.windowEndMs &&
    a.startMode === b.startMode &&
    a.tPreferedMs === b.tPreferedMs &&
    a.durationSeconds === b.durationSeconds &&
    a.minUsefulSeconds === b.minUsefulSeconds &&
    a.setupSeconds === b.setupSeconds &&
    (a.inTwilight ?? false) === (b.inTwilight ?? false) &&
    hasSameFields(a.limits ?? {}, b.limits ?? {}) &&
    isSameTarget(a.target, b.target)
  );
}

function hasSameRules(a: PlanConstraints, b: PlanConstraints): boolean {
  if (a === b) return true;
  return (
    a.minAltDeg === b.minAltDeg &&
    a.moonDistanceDeg === b.moonDistanceDeg &&
    hasSameFields(a.site, b.site) &&
    hasSameItems(a.horizon, b.horizon)
  );
}

function isSameTarget(a: SkyTarget | null, b: SkyTarget | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.kind !== b.kind) return false;
  if (a.kind === 'EPHEMERIS' && b.kind === 'EPHEMERIS') return hasSameItems(a.points, b.points);
  return hasSameFields(a, b);
}

function hasSameItems<T extends object>(a: readonly T[], b: readonly T[]): boolean {
  return (
    a === b || (a.length === b.length && a.every((item, i) => hasSameFields(item, b[i] ?? {})))
  );
}

/** Of two flat objects; a field that is absent and one that is undefined are the same. */
function hasSameFields(a: object, b: object): boolean {
  if (a === b) return true;
  return covers(a, b) && covers(b, a);
}

function covers(a: object, b: object): boolean {
  for (const key in a) {
    if (Reflect.get(a, key) !== Reflect.get(b, key)) return false;
  }
  return true;
}
