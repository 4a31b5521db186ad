import { type AltAz, altAz } from './horizontal.ts';
import type { Site } from './site.ts';
import { checkSpan, type Span } from './span.ts';
import type { SkyTarget } from './target.ts';
import { placeOf } from './target-place.ts';

/** A direction with its instant, UTC ms. */
export interface BestElevation extends AltAz {
  readonly atMs: number;
}

const STEP_MS = 600_000;
const PRECISION_MS = 200;

/**
 * When a target is highest within a stretch of time, ends included, and where it then stands, without
 * refraction: to a second. Null when the end comes before the start. Throws `BAD_SPAN` beyond 400
 * days.
 */
export function bestElevation(target: SkyTarget, site: Site, span: Span): BestElevation | null {
  checkSpan(span);
  const { startMs, endMs } = span;
  if (!(startMs <= endMs)) return null;
  const seen = (ms: number) => altAz(placeOf(target, site, ms), site, ms);
  const altitude = (ms: number) => seen(ms).altDeg;
  const about = highestSample(altitude, span);
  const atMs = summit(altitude, {
    startMs: Math.max(startMs, about - STEP_MS),
    endMs: Math.min(endMs, about + STEP_MS),
  });
  const { altDeg, azDeg } = seen(atMs);
  return { atMs, altDeg, azDeg };
}

function highestSample(altitude: (ms: number) => number, { startMs, endMs }: Span): number {
  let best = { ms: endMs, altDeg: altitude(endMs) };
  for (let ms = startMs; ms < endMs; ms += STEP_MS) {
    const altDeg = altitude(ms);
    if (altDeg > best.altDeg) best = { ms, altDeg };
  }
  return best.ms;
}

/** The top of a curve that has one, by thirds; an end of the stretch when it is the top. */
function summit(altitude: (ms: number) => number, span: Span): number {
  let { startMs, endMs } = span;
  while (endMs - startMs > PRECISION_MS) {
    const third = (endMs - startMs) / 3;
    if (altitude(startMs + third) < altitude(endMs - third)) startMs += third;
    else endMs -= third;
  }
  const middle = Math.round((startMs + endMs) / 2);
  const tops = [span.startMs, middle, span.endMs];
  return tops.reduce((best, ms) => (altitude(ms) > altitude(best) ? ms : best), middle);
}
