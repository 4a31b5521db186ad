import { extentOf, type MeritOf, meritOfShare } from './merit.ts';

/** The nearer the middle of the observation to the wished instant, the better. */
export const preferredTime: MeritOf = ({ subject, setupMs, durationMs, starts }) => {
  const { startMs, endMs } = extentOf(starts);
  const { tPreferedMs } = subject.sequence;
  const wishMs = (tPreferedMs ?? startMs) - durationMs / 2 - setupMs;
  const farthest = Math.max(1, Math.abs(wishMs - startMs), Math.abs(wishMs - endMs));
  return { wishMs, at: (ms) => meritOfShare(1 - Math.abs(ms - wishMs) / farthest) };
};
