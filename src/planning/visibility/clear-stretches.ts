import { type HorizonLine, horizonStepAt, normalizeDeg, normalizeSignedDeg } from '#sky';
import type { Interval } from '../interval.ts';
import type { NightTables } from './night-tables.ts';
import { placeAt, type TargetPath } from './target-path.ts';

/** A direction on the ground: its parts to the east, to the north and up. */
interface Local {
  readonly east: number;
  readonly north: number;
  readonly up: number;
}

/** A part of one step of the grid, 0 to 1. */
type Share = readonly [first: number, last: number];

const DEG = 180 / Math.PI;
const whole: readonly Share[] = [[0, 1]];

/**
 * Where a target stands above the local horizon, within the stretches where the sine of its
 * elevation reaches `leastSine`. Between two steps the target goes straight, and each step of the
 * horizon that it passes over is met, however narrow.
 */
export function clearStretches(
  path: TargetPath,
  tables: NightTables,
  leastSine: number,
): Interval[] {
  const { startMs, stepMs, count } = tables.grid;
  const { horizon } = tables;
  const top = Math.sin(tables.highestHorizonDeg / DEG);
  const found: Interval[] = [];
  let over = 0;
  for (let k = 0; k + 1 < count; k++) {
    const from = path.sines[k] as number;
    const to = path.sines[k + 1] as number;
    if (from < leastSine && to < leastSine) continue;
    let shares: readonly Share[] | undefined = whole;
    if (from < top || to < top) {
      const ends = [localAt(path, tables, k), localAt(path, tables, k + 1)] as const;
      shares = clearOverStep(horizon, over, ends);
      if (shares === undefined) {
        shares = clearShares(horizon, ends);
        over = horizonStepAt(horizon, azimuthOf(ends[1]));
      }
    }
    for (const [first, last] of shares) {
      append(found, {
        startMs: startMs + (k + first) * stepMs,
        endMs: startMs + (k + last) * stepMs,
      });
    }
  }
  return found;
}

/** How far a target is above the local horizon at a step, degrees. */
export function clearanceDeg(path: TargetPath, tables: NightTables, k: number): number {
  const local = localAt(path, tables, k);
  const height = tables.horizon.altDeg[horizonStepAt(tables.horizon, azimuthOf(local))] ?? 0;
  return Math.asin(Math.min(1, Math.max(-1, local.up))) * DEG - height;
}

function append(list: Interval[], next: Interval): void {
  const last = list.at(-1);
  if (last !== undefined && next.startMs <= last.endMs) {
    list[list.length - 1] = { startMs: last.startMs, endMs: next.endMs };
  } else list.push(next);
}

function clearShares(horizon: HorizonLine, [from, to]: readonly [Local, Local]): readonly Share[] {
  const bounds = [0, ...passages(horizon, from, to), 1];
  return bounds.slice(1).flatMap((last, i) => {
    const first = bounds[i] ?? 0;
    const step = horizonStepAt(horizon, azimuthOf(between(from, to, (first + last) / 2)));
    return clearPart([first, last], overStep(horizon, step, from), overStep(horizon, step, to));
  });
}

/** The common case, without an angle: the target stays over one step, known from before. */
function clearOverStep(
  horizon: HorizonLine,
  step: number,
  [from, to]: readonly [Local, Local],
): readonly Share[] | undefined {
  if (!isOver(horizon, step, from) || !isOver(horizon, step, to)) return undefined;
  return clearPart([0, 1], overStep(horizon, step, from), overStep(horizon, step, to));
}

/** No step of the horizon is wider than 90°. */
function isOver(horizon: HorizonLine, step: number, direction: Local): boolean {
  const next = (step + 1) % horizon.count;
  return sideOf(direction, horizon, step) >= 0 && sideOf(direction, horizon, next) < 0;
}

function overStep(horizon: HorizonLine, step: number, { up }: Local): number {
  return up - (horizon.sine[step] as number);
}

/** When the target passes over the azimuths where the horizon changes, in order. */
function passages(horizon: HorizonLine, from: Local, to: Local): number[] {
  const start = azimuthOf(from);
  const turn = normalizeSignedDeg(azimuthOf(to) - start);
  const shares: number[] = [];
  for (let step = 0; step < horizon.count; step++) {
    const az = horizon.azDeg[step] as number;
    const away = normalizeDeg(turn > 0 ? az - start : start - az);
    if (away === 0 || away >= Math.abs(turn)) continue;
    const [before, after] = [sideOf(from, horizon, step), sideOf(to, horizon, step)];
    shares.push(before / (before - after));
  }
  return shares.sort((a, b) => a - b);
}

/** The part of a share where a straight margin, given at 0 and at 1, is not negative. */
function clearPart([first, last]: Share, atZero: number, atOne: number): Share[] {
  const slope = atOne - atZero;
  const [begins, ends] = [atZero + slope * first >= 0, atZero + slope * last >= 0];
  if (begins && ends) return [[first, last]];
  if (!begins && !ends) return [];
  const crossing = -atZero / slope;
  return begins ? [[first, crossing]] : [[crossing, last]];
}

/** Positive clockwise of where a step of the horizon begins. */
function sideOf({ east, north }: Local, horizon: HorizonLine, step: number): number {
  return east * (horizon.north[step] as number) - north * (horizon.east[step] as number);
}

function azimuthOf({ east, north }: Local): number {
  return normalizeDeg(Math.atan2(east, north) * DEG);
}

function between(a: Local, b: Local, share: number): Local {
  const at = (from: number, to: number): number => from + share * (to - from);
  return { east: at(a.east, b.east), north: at(a.north, b.north), up: at(a.up, b.up) };
}

function localAt(path: TargetPath, { grid }: NightTables, k: number): Local {
  const { x, y, z } = placeAt(path, k);
  const [cos, sin] = [grid.cosLst[k] as number, grid.sinLst[k] as number];
  const north = z * grid.cosLat - (x * cos + y * sin) * grid.sinLat;
  return { east: y * cos - x * sin, north, up: path.sines[k] as number };
}
