import { minAltOf } from '../constraints/limits.ts';
import { highestIn, sampleAt } from '../visibility/samples.ts';
import { extentOf, type MeritOf, meritOfShare } from './merit.ts';

/** The higher the target in the middle of the block, the better (BESTELEV). */
export const elevationMerit: MeritOf = ({ subject, setupMs, durationMs, starts }) => {
  const { path, tables } = subject;
  // What has no target is nowhere better than elsewhere.
  if (path === null) return { wishMs: extentOf(starts).startMs, at: () => 1 };
  const { grid } = tables;
  const half = (setupMs + durationMs) / 2;
  const middles = starts.map(({ startMs, endMs }) => ({
    startMs: startMs + half,
    endMs: endMs + half,
  }));
  const floor = Math.sin((minAltOf(subject) * Math.PI) / 180);
  const best = highestIn(path.sines, grid, middles) ?? { ms: half, value: floor };
  const range = Math.max(1e-9, best.value - floor);
  return {
    wishMs: Math.round(best.ms - half),
    at: (ms) => meritOfShare((sampleAt(path.sines, grid, ms + half) - floor) / range),
  };
};
