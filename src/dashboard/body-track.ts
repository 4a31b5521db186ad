import { moonPosition, placeOf, type Site, type SkyTarget, separationDeg, sunPosition } from '#sky';
import type { Stretch } from './sight-steps.ts';

/** The Moon moves by 0.1° among the stars meanwhile. */
const STEP_MS = 600_000;

/** A body as a target has it: its elevation, and how far away from the target it is, degrees. */
export interface BodySample {
  readonly altDeg: number;
  readonly awayDeg: number;
}

/** Follows the Moon or the Sun beside a target; a sample stands for the ten minutes around it. */
export function bodyTrack(
  body: 'Moon' | 'Sun',
  target: SkyTarget,
  { site, span }: { readonly site: Site; readonly span: Stretch },
): (ms: number) => BodySample {
  const positionOf = body === 'Moon' ? moonPosition : sunPosition;
  const count = Math.ceil((span.endMs - span.startMs) / STEP_MS) + 1;
  const samples = Array.from({ length: count }, (_, i) => {
    const ms = span.startMs + i * STEP_MS;
    const position = positionOf(site, ms);
    const awayDeg = separationDeg(position, placeOf(target, site, ms));
    return { altDeg: position.altDeg, awayDeg };
  });
  const none = { altDeg: -90, awayDeg: 180 };
  return (ms) => samples[Math.round((ms - span.startMs) / STEP_MS)] ?? none;
}
