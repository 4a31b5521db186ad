/** One reading of the observatory's clock, and when the page took it. */
export interface ClockReading {
  /** Observatory instant, UTC ms. */
  readonly observatoryMs: number;
  /** Observatory seconds per real second. */
  readonly rate: number;
  /** The page's own monotonic time at that moment, ms. */
  readonly pageMs: number;
}

/** How late a message may come before the clock is set back to it, real ms. */
const LATENESS_MS = 300;

/** The observatory's instant (UTC ms) when the page's monotonic time is `pageMs`. */
export function observatoryNow(reading: ClockReading, pageMs: number): number {
  return reading.observatoryMs + Math.max(0, pageMs - reading.pageMs) * reading.rate;
}

/**
 * The reading to run on when a new one arrives. A message that only came a little late would make
 * the seconds step back: the least delayed reading is kept instead.
 */
export function adoptReading(previous: ClockReading | null, next: ClockReading): ClockReading {
  if (!previous || previous.rate !== next.rate) return next;
  const ahead = observatoryNow(previous, next.pageMs) - next.observatoryMs;
  return ahead >= 0 && ahead <= LATENESS_MS * next.rate ? previous : next;
}
