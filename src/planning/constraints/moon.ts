import { always, intersect, subtract } from '../interval.ts';
import type { Constraint } from './constraint.ts';
import { distanceReason } from './distance-reason.ts';
import { moonDistanceOf } from './limits.ts';
import { nearStretches } from './separation.ts';

/** The target must be far from the Moon: while that is up, or always where so asked. */
export const moon: Constraint = {
  code: 'MOON',
  allowed: (subject) => {
    const { path, tables, sequence } = subject;
    const limitDeg = moonDistanceOf(subject);
    if (path === null || limitDeg <= 0) return undefined;
    const near = nearStretches(path, tables.body('Moon'), { limitDeg, steps: tables.grid });
    if (near === undefined) return undefined;
    const counts = sequence.limits?.moonDistanceAlways === true ? always : tables.moonUp();
    return subtract(always, intersect(near, counts));
  },
  explain: (refused) =>
    distanceReason(refused, {
      name: 'Moon',
      path: refused.subject.tables.body('Moon'),
      limit: 'moonDistance',
      limitDeg: moonDistanceOf(refused.subject),
      allowed: moon.allowed(refused.subject) ?? always,
    }),
};
