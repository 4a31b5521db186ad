import type { Effort } from './schedule.ts';

/** For a valid plan at once: the repair of the one before, no proof beyond a simple one, no search. */
export const firstEffort: Effort = { boundIterations: 0, searchRounds: 0 };

/** For the plan of a night. */
export const fullEffort: Effort = { boundIterations: 400, searchRounds: 850 };

/** For the rest of a night that has a plan, within half a second for a thousand sequences. */
export const replanEffort: Effort = { boundIterations: 150, searchRounds: 250 };
