import { extentOf, type MeritOf, meritOfShare } from './merit.ts';

/**
 * The nearer the middle of the observation to the wished instant, the better. Being off by less than
 * its own duration never costs half: a sequence in a short window makes way for another one, as the
 * guide's MOVE_BOTH has it.
 */
export const preferredTime: MeritOf = ({ subject, setupMs, durationMs, starts }) => {
  const { startMs, endMs } = extentOf(starts);
  const { tPreferedMs } = subject.sequence;
  const wishMs = (tPreferedMs ?? startMs) - durationMs / 2 - setupMs;
  const farthest = Math.max(1, durationMs, Math.abs(wishMs - startMs), Math.abs(wishMs - endMs));
  return { wishMs, at: (ms) => meritOfShare(1 - Math.abs(ms - wishMs) / farthest) };
};
