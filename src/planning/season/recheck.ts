import { horizonAltAt, moonPosition, placeOf, separationDeg, skyAt } from '#sky';
import type { Interval } from '../interval.ts';
import type { PlanConstraints, PlanSequence } from '../schedule.ts';

/** The sky changes little meanwhile. */
const STEP_MS = 300_000;

/**
 * Whether a block, setup included, still lies in its window and its target in sight: looked at once
 * more when the telescope is late.
 */
export function isStillInSight(
  sequence: PlanSequence,
  block: Interval,
  rules: PlanConstraints,
): boolean {
  if (block.startMs < sequence.windowStartMs || block.endMs > sequence.windowEndMs) return false;
  for (let ms = block.startMs; ; ms = Math.min(ms + STEP_MS, block.endMs)) {
    if (!isInSightAt(sequence, ms, rules)) return false;
    if (ms >= block.endMs) return true;
  }
}

function isInSightAt(
  { target, limits }: PlanSequence,
  ms: number,
  rules: PlanConstraints,
): boolean {
  if (target === null) return true;
  const place = placeOf(target, rules.site, ms);
  const { altDeg, azDeg } = skyAt(rules.site, ms).altAz(place);
  if (altDeg < (limits?.minAltDeg ?? rules.minAltDeg)) return false;
  if (altDeg < horizonAltAt(rules.horizon, azDeg)) return false;
  const moonDeg = limits?.moonDistanceDeg ?? rules.moonDistanceDeg;
  if (moonDeg <= 0) return true;
  const moon = moonPosition(rules.site, ms);
  return moon.altDeg < 0 || separationDeg(moon, place) >= moonDeg;
}
