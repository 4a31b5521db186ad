import { always, subtract } from '../interval.ts';
import type { Constraint, Subject } from './constraint.ts';
import { distanceReason } from './distance-reason.ts';
import { nearStretches } from './separation.ts';

/** The target must be far from the Sun, wherever that is. */
export const sun: Constraint = {
  code: 'SUN',
  allowed: (subject) => {
    const { path, tables } = subject;
    const limitDeg = sunDistanceOf(subject);
    if (path === null || limitDeg <= 0) return undefined;
    const near = nearStretches(path, tables.sun(), { limitDeg, steps: tables.grid });
    return near === undefined ? undefined : subtract(always, near);
  },
  explain: (refused) =>
    distanceReason(refused, {
      name: 'Sun',
      path: refused.subject.tables.sun(),
      limit: 'sunDistance',
      limitDeg: sunDistanceOf(refused.subject),
      allowed: sun.allowed(refused.subject) ?? always,
    }),
};

function sunDistanceOf({ sequence }: Subject): number {
  return sequence.limits?.sunDistanceDeg ?? 0;
}
