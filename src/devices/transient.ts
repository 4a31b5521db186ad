/** A new source in the simulated sky that fades as a power of time, such as an afterglow. */
export interface Transient {
  /** ICRS degrees. */
  readonly raDeg: number;
  readonly decDeg: number;
  /** When it burst, UTC ms. */
  readonly eventMs: number;
  /** From when it is drawn, UTC ms. */
  readonly visibleFromMs: number;
  /** Magnitude one minute after the burst. */
  readonly magnitudeAtMinute: number;
  /** The power α of a flux that fades as t^-α. */
  readonly decayIndex: number;
}

/** The power law would be infinitely bright at the burst: it holds from here on, seconds. */
const RISE_SECONDS = 10;

/**
 * Its magnitude at an instant (UTC ms), null before it is seen: −2.5·log10(t^-α) with t in minutes,
 * from the magnitude at one minute; constant in the first ten seconds.
 */
export function transientMagnitude(transient: Transient, ms: number): number | null {
  const { eventMs, visibleFromMs, magnitudeAtMinute, decayIndex } = transient;
  if (ms < eventMs || ms < visibleFromMs) return null;
  const minutes = Math.max(RISE_SECONDS, (ms - eventMs) / 1000) / 60;
  return magnitudeAtMinute + 2.5 * decayIndex * Math.log10(minutes);
}
