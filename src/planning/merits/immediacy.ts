import { extentOf, type MeritOf } from './merit.ts';

/** The sooner the better. */
export const immediacy: MeritOf = (_subject, starts) => {
  const { startMs, endMs } = extentOf(starts);
  const length = Math.max(1, endMs - startMs);
  return { wishMs: startMs, at: (ms) => 1 - (0.5 * (ms - startMs)) / length };
};
