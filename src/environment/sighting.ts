import type { PlcDevice } from '#devices';
import { parseIso } from '#platform';

/** Devices that came in together: those of a PLC's frame, or one weather station. */
export interface Arrival {
  /** `plc`, or the alias of a station. */
  readonly source: string;
  readonly devices: readonly PlcDevice[];
  /** Date of the frame by its sender's clock, UTC ms; null when it names none. */
  readonly dateMs: number | null;
  /** When it came, by our clock and by our watch (UTC ms; monotonic ms). */
  readonly nowMs: number;
  readonly atMono: number;
  /** What the computer itself may need, seconds: added to every greatest age. */
  readonly slackSeconds: number;
}

/** What is remembered of a sender. Names that end in `Mono` are readings of the monotonic clock, ms. */
export interface Sighting {
  readonly dateMs: number | null;
  readonly nowMs: number;
  readonly atMono: number;
  /** When a frame first came that bore this date: one that only repeats itself is not fresh. */
  readonly freshMono: number;
}

export const PLC = 'plc';

/** A sender whose devices are dated a little ahead of it is forgiven. */
const FORGIVEN_AHEAD_MS = 60_000;

/**
 * What to make of an arrival: null for one that was overtaken on its way by a younger one. A date that
 * goes back by more than the greatest age is taken for a clock that was set.
 */
export function sight(
  last: Sighting | undefined,
  arrival: Arrival,
  maxAgeMs: number,
): Sighting | null {
  const { dateMs, nowMs, atMono } = arrival;
  const step = dateMs === null || !last || last.dateMs === null ? null : dateMs - last.dateMs;
  if (step !== null && step < 0 && step > -maxAgeMs) return null;
  const freshMono = step === 0 && last ? last.freshMono : atMono;
  return { dateMs, nowMs, atMono, freshMono };
}

/**
 * By how much the sender's clock was ahead of ours when this date was first seen, seconds; null when it
 * names no date.
 */
export function clockOffsetSeconds(sighting: Sighting): number | null {
  const { dateMs, nowMs, atMono, freshMono } = sighting;
  return dateMs === null ? null : (dateMs - (nowMs - (atMono - freshMono))) / 1000;
}

/**
 * When a device measured, by our watch: its own date is compared with its frame's, for both are of one
 * clock. Null when it is dated well after its frame, for such data would never seem to age.
 */
export function measuredMono(sighting: Sighting, device: PlcDevice): number | null {
  if (device.date === undefined || sighting.dateMs === null) return sighting.freshMono;
  const aheadMs = parseIso(device.date) - sighting.dateMs;
  if (aheadMs > FORGIVEN_AHEAD_MS) return null;
  return sighting.freshMono + Math.min(0, aheadMs);
}
