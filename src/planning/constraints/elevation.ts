import { stretchesAbove } from '../visibility/samples.ts';
import type { Constraint } from './constraint.ts';
import { elevationReason } from './elevation-reason.ts';
import { minAltOf } from './limits.ts';

/** The target must be above the least elevation. */
export const elevation: Constraint = {
  code: 'ELEVATION',
  allowed: (subject) => {
    const minAltDeg = minAltOf(subject);
    if (subject.path === null || minAltDeg <= -90) return undefined;
    const least = Math.sin((minAltDeg * Math.PI) / 180);
    return stretchesAbove(subject.path.sines, least, subject.tables.grid);
  },
  explain: elevationReason,
};
