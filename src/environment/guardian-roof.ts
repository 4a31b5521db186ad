import type { TelescopeStatus } from '#devices';
import { normalizeSignedDeg } from '#sky';
import type { DomeSpec, MountSpec } from '#unit';
import type { RoofWay } from './guard.ts';

/**
 * Whether a roof must wait for its telescope (hazard F15). `dangerSeconds`: for how long it is to be
 * closed. A telescope that says nothing is in the way.
 */
export function roofWay(
  rule: DomeSpec['parkFirst'],
  { isParked, dangerSeconds }: { isParked: boolean; dangerSeconds: number },
): RoofWay {
  if (!rule || isParked) return 'free';
  if (dangerSeconds < rule.deadlineSeconds) return 'parking';
  return rule.thenClose ? 'free' : 'held';
}

/** It says that it is parked, and is where it parks: a mount may be wrong about itself (hazard F16). */
export function isParked(
  status: TelescopeStatus | null,
  { park, parkToleranceDeg }: Pick<MountSpec, 'park' | 'parkToleranceDeg'>,
): boolean {
  if (status?.motion !== 'parked') return false;
  const radians = (status.altDeg * Math.PI) / 180;
  const azimuth = normalizeSignedDeg(status.azDeg - park.azDeg) * Math.cos(radians);
  return Math.hypot(status.altDeg - park.altDeg, azimuth) <= parkToleranceDeg;
}
