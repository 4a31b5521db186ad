import { AstroTime, SetDeltaTFunction, SiderealTime } from 'astronomy-engine';
import { PyrosError } from '#platform';
import { normalizeSignedDeg } from './angles.ts';
import { ttMinusUtcSeconds } from './leap-seconds.ts';

const DAY_MS = 86_400_000;
/** Julian date, and modified Julian date, of 1970-01-01T00:00Z. */
const JD_OF_1970 = 2_440_587.5;
const MJD_OF_1970 = 40_587;
const J2000_MS = Date.UTC(2000, 0, 1, 12);

// Its own forecast of the Earth's turn is 5 s off by 2026, and the Moon goes 3″ meanwhile.
SetDeltaTFunction((days) => ttMinusUtcSeconds(days * DAY_MS + J2000_MS));

/** Julian date (UTC) of an instant, days. Its last digit is worth about 40 µs. */
export function julianDate(ms: number): number {
  return ms / DAY_MS + JD_OF_1970;
}

/** The instant of a Julian date (UTC), to the millisecond. */
export function msFromJulianDate(jd: number): number {
  return Math.round((jd - JD_OF_1970) * DAY_MS);
}

/** Modified Julian date (UTC) of an instant, days. */
export function modifiedJulianDate(ms: number): number {
  return ms / DAY_MS + MJD_OF_1970;
}

/**
 * Local apparent sidereal time, hours in [0, 24). `dut1Seconds` is UT1 − UTC, as in `Site`: with 0,
 * UTC stands for UT1, which is at most 0.9 s away and at worst 13.5″ in hour angle.
 */
export function siderealHours(ms: number, lonDeg: number, dut1Seconds = 0): number {
  const hours = SiderealTime(astroTime(ms)) + (lonDeg + dut1TurnDeg(dut1Seconds)) / 15;
  return ((hours % 24) + 24) % 24;
}

/** How much further east the Earth has turned than UTC says, degrees. */
export function dut1TurnDeg(dut1Seconds: number): number {
  return (dut1Seconds * 360 * 1.002_737_9) / 86_400;
}

/**
 * The name of the night an instant belongs to, `YYYY-MM-DD`: the UTC date of the local mean noon
 * before it. Noon is when nobody observes, so a night keeps one name from dusk to dawn whatever the
 * longitude; mean noon, and not the Sun's own, makes all nights last exactly 24 h.
 */
export function nightId(ms: number, lonDeg: number): string {
  const noon = noonOfDayMs(lonDeg);
  const day = Math.floor((ms - noon) / DAY_MS);
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** From noon to noon, UTC ms; the end belongs to the next night. Throws `BAD_NIGHT`. */
export function nightBounds(night: string, lonDeg: number): { startMs: number; endMs: number } {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(night) ? Date.parse(night) : Number.NaN;
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== night) {
    throw new PyrosError('BAD_NIGHT', `"${night}" is not the name of a night.`, {
      remedy: 'Give the date of its evening, such as 2026-11-22.',
    });
  }
  const startMs = midnight + noonOfDayMs(lonDeg);
  return { startMs, endMs: startMs + DAY_MS };
}

/** The instant in the words of astronomy-engine. */
export function astroTime(ms: number): AstroTime {
  return new AstroTime((ms - J2000_MS) / DAY_MS);
}

/** The instant in ours, to the millisecond. */
export function msOfAstroTime(time: AstroTime): number {
  return Math.round(time.ut * DAY_MS + J2000_MS);
}

/** Local mean noon, milliseconds after 00:00Z of its own UTC date: in [0, 24 h). */
function noonOfDayMs(lonDeg: number): number {
  return Math.round((0.5 - normalizeSignedDeg(lonDeg) / 360) * DAY_MS);
}
