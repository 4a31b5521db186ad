import type { CameraStatus } from '#devices';
import { nightId, sunBelow } from '#sky';
import type { Channel, Unit } from '#unit';

/** What a detector should do now. */
export type CoolingWish = 'cold' | 'warm';

/** Darks after the dawn may take so long; then the detectors may warm up, milliseconds. */
const AFTER_DAWN_MS = 2 * 3_600_000;

/**
 * Whether the detectors should be cold at an instant (UTC ms): from early enough before the dome may
 * open until the calibrations of the dawn are done. It depends on the time and on what is done alone,
 * so that an observer that died goes on where it was.
 */
export function coolingWish(
  unit: Unit,
  { nowMs, isDawnDone }: { readonly nowMs: number; readonly isDawnDone: boolean },
): CoolingWish {
  const { site, night: rules } = unit;
  const night = nightId(nowMs, site.lonDeg);
  const openMs = sunBelow(site, night, rules.openSunAltDeg)?.startMs;
  const closeMs = sunBelow(site, night, rules.closeSunAltDeg)?.endMs;
  if (openMs === undefined || closeMs === undefined) return 'warm';
  const leadMs = 1000 * Math.max(...unit.channels.map(({ detector }) => detector.coolWaitSeconds));
  if (nowMs < openMs - leadMs) return 'warm';
  if (nowMs < closeMs) return 'cold';
  const owesDarks = unit.calibrations.darks !== undefined || unit.calibrations.biases !== undefined;
  return owesDarks && !isDawnDone && nowMs < closeMs + AFTER_DAWN_MS ? 'cold' : 'warm';
}

/** Whether an instant (UTC ms) is after the dome of its night has to be closed. */
export function coolingEndsAfter({ site, night: rules }: Unit, ms: number): boolean {
  const closeMs = sunBelow(site, nightId(ms, site.lonDeg), rules.closeSunAltDeg)?.endMs;
  return closeMs !== undefined && ms >= closeMs;
}

/** What a camera must be told so that it obeys the wish; undefined: nothing. */
export function coolingOrder(
  wish: CoolingWish,
  { detector }: Pick<Channel, 'detector'>,
  { setpointC }: Pick<CameraStatus, 'setpointC'>,
): { readonly setpointC: number | null } | undefined {
  const wanted = wish === 'cold' ? detector.temperatureC : null;
  return wanted === setpointC ? undefined : { setpointC: wanted };
}

/** The detector is so far from its temperature that its images are not good (hazard F59). */
export function isWarm(
  { detector }: Pick<Channel, 'detector'>,
  { temperatureC }: Pick<CameraStatus, 'temperatureC'>,
): boolean {
  const off = Math.abs(temperatureC - detector.temperatureC);
  return !(off <= detector.temperatureToleranceC);
}
