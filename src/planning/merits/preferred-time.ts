import { extentOf, type MeritOf } from './merit.ts';

/** The nearer the middle of the observation to the wished instant, the better. */
export const preferredTime: MeritOf = ({ sequence }, starts) => {
  const { startMs, endMs } = extentOf(starts);
  const wishMs = (sequence.tPreferedMs ?? startMs) - (sequence.durationSeconds * 1000) / 2;
  const farthest = Math.max(1, Math.abs(wishMs - startMs), Math.abs(wishMs - endMs));
  return { wishMs, at: (ms) => 1 - (0.5 * Math.abs(ms - wishMs)) / farthest };
};
