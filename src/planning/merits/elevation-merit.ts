import { highest, valueAt } from '../curve.ts';
import type { MeritOf } from './merit.ts';

/** The higher the target in the middle of the observation, the better (BESTELEV). */
export const elevationMerit: MeritOf = ({ sequence, track, rules, stepMs }, starts) => {
  const half = (sequence.durationSeconds * 1000) / 2;
  const heightAt = (startMs: number): number => sineDeg(valueAt(track.altDeg, startMs + half));
  const floor = sineDeg(rules.minAltDeg);
  const best = highest(heightAt, starts, stepMs);
  const range = Math.max(1e-9, (best?.value ?? floor) - floor);
  return {
    wishMs: best?.ms ?? 0,
    at: (ms) => 0.5 + 0.5 * Math.min(1, Math.max(0, (heightAt(ms) - floor) / range)),
  };
};

function sineDeg(degrees: number): number {
  return Math.sin((degrees * Math.PI) / 180);
}
