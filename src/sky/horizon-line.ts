import { normalizeDeg } from './angles.ts';
import type { AltAz } from './horizontal.ts';
import type { TimeGrid } from './sky-grid.ts';
import type { Vector } from './vector.ts';

/**
 * A stepped horizon, prepared: step `i` goes from `azDeg[i]` clockwise to the next one, and no step
 * is wider than 90°. Holds what `horizonAltAt` holds.
 */
export interface HorizonLine {
  readonly count: number;
  /** Where each step begins, growing, in [0, 360). */
  readonly azDeg: Float64Array;
  readonly altDeg: Float64Array;
  readonly sine: Float64Array;
  /** The beginning of each step on the ground, as a vector to north and east. */
  readonly north: Float64Array;
  readonly east: Float64Array;
}

const RAD = Math.PI / 180;
const WIDEST_DEG = 90;

/** Prepares the points of a horizon; without points, a flat sea. */
export function horizonLine(points: readonly AltAz[]): HorizonLine {
  const steps = narrow(inOrder(points));
  const numbers = (of: (step: AltAz) => number) => Float64Array.from(steps, of);
  return {
    count: steps.length,
    azDeg: numbers((step) => step.azDeg),
    altDeg: numbers((step) => step.altDeg),
    sine: numbers((step) => Math.sin(step.altDeg * RAD)),
    north: numbers((step) => Math.cos(step.azDeg * RAD)),
    east: numbers((step) => Math.sin(step.azDeg * RAD)),
  };
}

/** The number of the step that holds at an azimuth. */
export function stepAt({ azDeg: starts, count }: HorizonLine, azDeg: number): number {
  const az = normalizeDeg(azDeg);
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= az) low = middle + 1;
    else high = middle;
  }
  return (low + count - 1) % count;
}

/**
 * Sine of the horizon's elevation at the azimuth of a direction, at every step of time: subtract it
 * from the sine of the direction's own elevation. `direction` is apparent, on the equator of date;
 * `out` is at least as long as the grid. No angle is computed: a direction is on the step that begins
 * behind it and ends before it, most often the step of the instant before.
 */
export function horizonSines(
  direction: Vector,
  over: { readonly grid: TimeGrid; readonly line: HorizonLine },
  out: Float32Array,
): void {
  const { x, y, z } = direction;
  const { count, cosLst, sinLst, sinLat, cosLat } = over.grid;
  let step = stepOver(over.line, 0);
  for (let k = 0; k < count; k++) {
    const cos = cosLst[k] as number;
    const sin = sinLst[k] as number;
    const north = z * cosLat - sinLat * (x * cos + y * sin);
    const east = y * cos - x * sin;
    const isAhead = step.north * east < step.east * north;
    if (isAhead || step.endNorth * east >= step.endEast * north) {
      step = walk(over.line, step, { north, east });
    }
    out[k] = step.sine;
  }
}

/** A direction on the ground; any length. */
interface Ground {
  readonly north: number;
  readonly east: number;
}

/** One step of a line, from where it begins to where it ends. */
interface Step extends Ground {
  readonly index: number;
  readonly endNorth: number;
  readonly endEast: number;
  readonly sine: number;
}

/** The step that a ground direction is on, looked for from another one, forwards or backwards. */
function walk(line: HorizonLine, from: Step, { north, east }: Ground): Step {
  let step = from;
  for (let tries = 0; tries < line.count; tries++) {
    if (step.north * east < step.east * north) step = stepOver(line, step.index - 1);
    else if (step.endNorth * east >= step.endEast * north) step = stepOver(line, step.index + 1);
    else break;
  }
  return step;
}

/** The step of a number, which may be one beyond either end. */
function stepOver(line: HorizonLine, number: number): Step {
  const index = (number + line.count) % line.count;
  const next = (index + 1) % line.count;
  return {
    index,
    north: line.north[index] as number,
    east: line.east[index] as number,
    endNorth: line.north[next] as number,
    endEast: line.east[next] as number,
    sine: line.sine[index] as number,
  };
}

/** Clockwise from the north; of two points at one azimuth the first counts. */
function inOrder(points: readonly AltAz[]): AltAz[] {
  const steps = points.map((point) => ({ altDeg: point.altDeg, azDeg: normalizeDeg(point.azDeg) }));
  steps.sort((a, b) => a.azDeg - b.azDeg);
  return steps.filter((step, i) => step.azDeg !== steps[i - 1]?.azDeg);
}

/** The same line with more points, none further than 90° from the next. */
function narrow(steps: readonly AltAz[]): AltAz[] {
  const last = steps.at(-1) ?? { azDeg: 0, altDeg: 0 };
  const all = steps[0]?.azDeg === 0 ? steps : [{ azDeg: 0, altDeg: last.altDeg }, ...steps];
  return all.flatMap(({ azDeg, altDeg }, step) => {
    const widthDeg = (all[step + 1]?.azDeg ?? 360) - azDeg;
    const parts = Math.ceil(widthDeg / WIDEST_DEG);
    const width = widthDeg / parts;
    return Array.from({ length: parts }, (_, i) => ({ azDeg: azDeg + i * width, altDeg }));
  });
}
