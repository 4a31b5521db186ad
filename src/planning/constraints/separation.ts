import { distanceCosines } from '#sky';
import type { Interval } from '../interval.ts';
import { highestIn, type Steps, stretchesAbove } from '../visibility/samples.ts';
import { isStill, placeAt, type TargetPath } from '../visibility/target-path.ts';

/** Half an hour: the Moon goes by 0.3° meanwhile. */
const STRIDE = 15;
const STRIDE_DEG = 1;

/** Cosine of the distance between a target and a body that moves, at every step of the night. */
export function cosinesBetween(target: TargetPath, body: TargetPath): Float32Array {
  const cosines = new Float32Array(body.sines.length);
  if (isStill(target.places) && !isStill(body.places)) {
    distanceCosines(target.places, body.places, cosines);
  } else {
    for (let k = 0; k < cosines.length; k++) cosines[k] = cosineAt(target, body, k);
  }
  return cosines;
}

/** Where a target is nearer to a body than a limit; undefined when it never is. */
export function nearStretches(
  target: TargetPath,
  body: TargetPath,
  { limitDeg, steps }: { readonly limitDeg: number; readonly steps: Steps },
): readonly Interval[] | undefined {
  if (isFarAtStrides(target, body, limitDeg + STRIDE_DEG)) return undefined;
  const near = stretchesAbove(cosinesBetween(target, body), cosineOf(limitDeg), steps);
  return near.length === 0 ? undefined : near;
}

/** Most targets are nowhere near: a few looks tell. */
function isFarAtStrides(target: TargetPath, body: TargetPath, limitDeg: number): boolean {
  if (limitDeg >= 180) return false;
  const least = cosineOf(limitDeg);
  const last = body.sines.length - 1;
  for (let k = 0; k < last; k += STRIDE) {
    if (cosineAt(target, body, k) > least) return false;
  }
  return last < 0 || cosineAt(target, body, last) <= least;
}

function cosineAt(target: TargetPath, body: TargetPath, k: number): number {
  const [a, b] = [placeAt(target, k), placeAt(body, k)];
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

function cosineOf(deg: number): number {
  return Math.cos((deg * Math.PI) / 180);
}

/** Where two are farthest from each other within some intervals, and by how much, degrees. */
export function farthestIn(
  cosines: Float32Array,
  steps: Steps,
  within: readonly Interval[],
): { readonly ms: number; readonly deg: number } | undefined {
  const best = highestIn(
    cosines.map((cosine) => -cosine),
    steps,
    within,
  );
  if (best === undefined) return undefined;
  return { ms: best.ms, deg: (Math.acos(Math.min(1, Math.max(-1, -best.value))) * 180) / Math.PI };
}
