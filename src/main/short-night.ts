import { PyrosError, type RateSegment } from '#platform';
import { horizontalToIcrs, moonPosition, separationDeg } from '#sky';
import type { Unit } from '#unit';
import { burstEvents, type DemoBurst, type DemoNight, nightHours } from './demo-night.ts';

/** Devices that cannot be hurried see the last minutes of a night: so many dark seconds. */
export const SHORT_NIGHT_SECONDS = 330;
/** How fast the wait from the end of the dark to the closing passes: nothing moves then. */
const WAITING_RATE = 150;
const BEFORE_CLOSING_MS = 15_000;
/** After the start of the night, when the first sequences run, a part of it. */
const BURST_AT = 0.4;
const XRT_AFTER_MS = 15_000;
const BURST_ALT_DEG = 65;

/**
 * The end of a night for devices that live on real time: opened late, a burst while sequences run, and
 * the closing at dawn. Throws `NO_NIGHT` like any night.
 */
export function shortNight(unit: Unit, night: string, darkSeconds: number): DemoNight {
  const hours = nightHours(unit, night);
  const startMs = Math.max(hours.dark.startMs, hours.dark.endMs - darkSeconds * 1000);
  const burst = shortBurst(unit, startMs + BURST_AT * darkSeconds * 1000);
  return {
    ...hours,
    startMs,
    openMs: startMs,
    dark: { startMs, endMs: hours.dark.endMs },
    burst,
    rain: null,
    scenario: [10, ...burstEvents(burst)],
  };
}

/** Real time while there is something to do, then faster to the closing, which is on real time again. */
export function shortRates(night: DemoNight): RateSegment[] {
  return [
    { fromMs: night.startMs, rate: 1 },
    { fromMs: night.dark.endMs, rate: WAITING_RATE },
    { fromMs: night.closeMs - BEFORE_CLOSING_MS, rate: 1 },
  ];
}

/** High in the sky and far from the Moon. */
function shortBurst(unit: Unit, batMs: number): DemoBurst {
  const moon = moonPosition(unit.site, batMs);
  const places = [30, 120, 210, 300].map((azDeg) =>
    horizontalToIcrs({ altDeg: BURST_ALT_DEG, azDeg }, unit.site, batMs),
  );
  const place = places.find((one) => separationDeg(one, moon) > unit.night.moonDistanceDeg + 10);
  if (!place) throw new PyrosError('NO_NIGHT', 'The Moon is everywhere in this sky.');
  const at = {
    raDeg: Number(place.raDeg.toFixed(4)) % 360,
    decDeg: Number(place.decDeg.toFixed(4)),
  };
  return {
    trigger: '700001',
    eventMs: batMs - 20_000,
    bat: { ms: batMs, ...at, errorDeg: 0.05 },
    xrt: { ms: batMs + XRT_AFTER_MS, ...at, errorDeg: 0.0013 },
  };
}
