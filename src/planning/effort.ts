import type { Effort } from './schedule.ts';

/** For a valid plan at once: the repair of the one before, no proof and no search. */
export const firstEffort: Effort = { boundIterations: 0, searchRounds: 0 };

/** For the plan of a night. */
export const fullEffort: Effort = { boundIterations: 400, searchRounds: 700 };
