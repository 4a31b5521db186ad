import { extentOf, type MeritOf, meritOfShare } from './merit.ts';

/** The sooner the better (IMMEDIATE). */
export const immediacy: MeritOf = ({ starts }) => {
  const { startMs, endMs } = extentOf(starts);
  const length = Math.max(1, endMs - startMs);
  return { wishMs: startMs, at: (ms) => meritOfShare(1 - (ms - startMs) / length) };
};
