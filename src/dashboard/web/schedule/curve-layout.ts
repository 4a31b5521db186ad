import type { ElevationCurve, ScheduleRow, Span } from '../../tonight.ts';
import type { TimeScale } from '../marks/time-scale.ts';

/** Pixels from the top for an elevation, 0° at the bottom and 90° at the top. */
export function elevationY(altDeg: number, heightPx: number): number {
  return heightPx * (1 - altDeg / 90);
}

/** The elevation at an instant (UTC ms), straight between samples; null outside. */
export function elevationAt({ start, stepSeconds, altDeg }: ElevationCurve, ms: number) {
  const place = (ms - Date.parse(start)) / 1000 / stepSeconds;
  const before = altDeg[Math.floor(place)];
  const after = altDeg[Math.ceil(place)];
  if (before === undefined || after === undefined) return null;
  return before + (after - before) * (place - Math.floor(place));
}

interface Frame {
  readonly scale: TimeScale;
  readonly heightPx: number;
}

/** A curve as an SVG path; what lies below 0° is for the edge of the picture to cut. */
export function curvePath(curve: ElevationCurve, { scale, heightPx }: Frame): string {
  const startMs = Date.parse(curve.start);
  const points = curve.altDeg.map((altDeg, i) => {
    const x = scale.x(startMs + i * curve.stepSeconds * 1000).toFixed(1);
    return `${x} ${elevationY(altDeg, heightPx).toFixed(1)}`;
  });
  return points.length < 2 ? '' : `M${points.join('L')}`;
}

/** The stretch of a curve between two instants as an SVG path: where it is observed. */
export function stretchPath(
  curve: ElevationCurve,
  { start, end }: Span,
  { scale, heightPx }: Frame,
): string {
  const [fromMs, toMs] = [Date.parse(start), Date.parse(end)];
  const stepMs = curve.stepSeconds * 1000;
  const zeroMs = Date.parse(curve.start);
  const instants = [fromMs];
  for (let ms = zeroMs + Math.ceil((fromMs - zeroMs) / stepMs) * stepMs; ms < toMs; ms += stepMs) {
    if (ms > fromMs) instants.push(ms);
  }
  const points = [...instants, toMs].flatMap((ms) => {
    const altDeg = elevationAt(curve, ms);
    if (altDeg === null || altDeg < 0) return [];
    return [`${scale.x(ms).toFixed(1)} ${elevationY(altDeg, heightPx).toFixed(1)}`];
  });
  return points.length < 2 ? '' : `M${points.join('L')}`;
}

/** The row whose curve passes nearest to a point, within reach of a finger; else null. */
export function nearestCurve(
  rows: readonly ScheduleRow[],
  point: { readonly x: number; readonly y: number },
  frame: Frame & { readonly reachPx?: number },
): ScheduleRow | null {
  const { scale, heightPx, reachPx = 16 } = frame;
  const ms = scale.startMs + (point.x / Math.max(1, scale.widthPx)) * (scale.endMs - scale.startMs);
  let best: { row: ScheduleRow; away: number } | null = null;
  for (const row of rows) {
    const altDeg = row.curve && elevationAt(row.curve, ms);
    if (altDeg === null || altDeg < 0) continue;
    const away = Math.abs(elevationY(altDeg, heightPx) - point.y);
    if (away <= reachPx && (!best || away < best.away)) best = { row, away };
  }
  return best?.row ?? null;
}
