import { minAltOf } from '../constraints/limits.ts';
import { highestIn } from '../visibility/samples.ts';
import { extentOf, type MeritOf } from './merit.ts';

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
    at: heightAt(path.sines, { grid, half, floor, range }),
  };
};

/** As `meritOfShare` of the sampled height; written out, because a search asks it millions of times. */
function heightAt(
  sines: Float32Array,
  scale: {
    readonly grid: { readonly startMs: number; readonly stepMs: number };
    readonly half: number;
    readonly floor: number;
    readonly range: number;
  },
): (ms: number) => number {
  const { grid, half, floor, range } = scale;
  const offset = half - grid.startMs;
  const perMs = 1 / grid.stepMs;
  const last = Math.max(0, sines.length - 2);
  return (ms) => {
    const at = (ms + offset) * perMs;
    const index = at <= 0 ? 0 : at >= last ? last : Math.floor(at);
    const low = sines[index] as number;
    const high = sines[index + 1] ?? low;
    const share = (low + (high - low) * (at - index) - floor) / range;
    return share <= 0 ? 0.5 : share >= 1 ? 1 : 0.5 + 0.5 * share;
  };
}
