import type { Trace } from '../../tonight.ts';
import type { TimeScale } from './time-scale.ts';

/** Values shown from the bottom to the top of a trace. */
export interface ValueDomain {
  readonly low: number;
  readonly high: number;
}

/** A trace that keeps silent for longer is broken, not bridged: 15 min. */
const GAP_MS = 900_000;

/** The least span that each quantity deserves, so that calm weather looks calm. */
const LEAST_SPAN: Readonly<Record<Trace['quantity'], number>> = {
  rain: 0.5,
  humidity: 100,
  wind: 15,
  temperature: 6,
  cloud: 12,
};

/** The domain of a trace: its values and, unless it is far away, its limit. */
export function traceDomain(trace: Trace): ValueDomain {
  if (trace.quantity === 'humidity') return { low: 0, high: 100 };
  const values = trace.points.map((point) => point.value);
  const span = LEAST_SPAN[trace.quantity];
  const fromZero = trace.quantity === 'rain' || trace.quantity === 'wind';
  const first = values[0] ?? trace.limit?.value ?? 0;
  let low = fromZero ? 0 : Math.min(first, ...values);
  let high = Math.max(first, ...values);
  const limit = trace.limit?.value;
  if (limit !== undefined && limit > low - 2 * span && limit < high + 2 * span) {
    low = Math.min(low, limit);
    high = Math.max(high, limit);
  }
  const missing = Math.max(0, span - (high - low));
  if (fromZero) return { low, high: high + Math.max(missing, 0.15 * (high - low)) };
  return { low: low - missing / 2 - 1, high: high + missing / 2 + 1 };
}

/** Pixels from the top for a value. */
export function valueY(value: number, domain: ValueDomain, heightPx: number): number {
  return heightPx - ((value - domain.low) / (domain.high - domain.low)) * heightPx;
}

/** The trace as an SVG path, lifted where the sensor kept silent; empty without points. */
export function tracePath(
  points: Trace['points'],
  scale: TimeScale,
  y: (value: number) => number,
): string {
  let path = '';
  let before = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    const ms = Date.parse(point.at);
    if (ms < scale.startMs || ms > scale.endMs) continue;
    const pen = ms - before > GAP_MS ? 'M' : 'L';
    path += `${pen}${scale.x(ms).toFixed(1)} ${y(point.value).toFixed(1)}`;
    before = ms;
  }
  return path;
}

/** The parts of the trace that are beyond the limit, with the ways there and back. */
export function beyondPath(
  { points, limit }: Pick<Trace, 'points' | 'limit'>,
  scale: TimeScale,
  y: (value: number) => number,
): string {
  const isBad = (place: number) => {
    const point = points[place];
    return point !== undefined && isBeyond(point.value, limit);
  };
  const stretches: Trace['points'][number][][] = [[]];
  points.forEach((point, i) => {
    if (isBad(i - 1) || isBad(i) || isBad(i + 1)) stretches.at(-1)?.push(point);
    if (!isBad(i) && !isBad(i + 1)) stretches.push([]);
  });
  return stretches.map((stretch) => tracePath(stretch, scale, y)).join('');
}

/** Whether a value is on the wrong side of the limit. */
export function isBeyond(value: number, limit: Trace['limit']): boolean {
  if (!limit) return false;
  return limit.side === 'above' ? value > limit.value : value < limit.value;
}
