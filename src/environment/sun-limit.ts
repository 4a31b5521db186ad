import { sunPosition } from '#sky';
import type { Unit } from '#unit';

/** Long enough for the Sun to move by more than rounding, milliseconds. */
const MINUTE_MS = 60_000;

/** Where the Sun is, and how high it may be for an open dome; degrees. */
export interface SunRule {
  readonly sunAltDeg: number;
  readonly limitDeg: number;
}

/** The Sun's rule at an instant (UTC ms): one limit while it sinks, another while it rises. */
export function sunRule({ site, night }: Pick<Unit, 'site' | 'night'>, nowMs: number): SunRule {
  const sunAltDeg = sunPosition(site, nowMs).altDeg;
  const isRising = sunPosition(site, nowMs + MINUTE_MS).altDeg > sunAltDeg;
  return { sunAltDeg, limitDeg: isRising ? night.closeSunAltDeg : night.openSunAltDeg };
}
