import { PyrosError, type RateSegment } from '#platform';
import { horizontalToIcrs, moonPosition, separationDeg } from '#sky';
import type { Unit } from '#unit';
import { burstEvents, type DemoBurst, type DemoNight, nightHours } from './demo-night.ts';

/** Devices that cannot be hurried see the last minutes of a night: so many dark seconds. */
export const SHORT_NIGHT_SECONDS = 330;
/** The Sun needs seconds for it, or a minute where it rises slowly. */
const CLOSING_DEG = 0.04;
/** After the start of the night, when the first sequences run: a part of it. */
const BURST_AT = 0.4;
/** But so long before its end that it is observed to the end, if it can. */
const BURST_SECONDS = 67;
const EARLIEST_BURST_SECONDS = 8;
const XRT_AFTER_MS = 15_000;
const BURST_ALT_DEG = 65;

/** The unit with a dome that closes as soon as the dark is over: nobody waits for the day. */
export function shortUnit(unit: Unit): Unit {
  const { night } = unit;
  return { ...unit, night: { ...night, closeSunAltDeg: night.scienceSunAltDeg + CLOSING_DEG } };
}

/**
 * The end of a night for devices that live on real time: opened late, a burst while sequences run, and
 * the closing at dawn. Throws `NO_NIGHT` like any night.
 */
export function shortNight(unit: Unit, night: string, darkSeconds: number): DemoNight {
  const hours = nightHours(unit, night);
  const startMs = Math.max(hours.dark.startMs, hours.dark.endMs - darkSeconds * 1000);
  const burst = shortBurst(unit, startMs + burstSeconds(darkSeconds) * 1000);
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

function burstSeconds(darkSeconds: number): number {
  const latest = Math.max(EARLIEST_BURST_SECONDS, darkSeconds - BURST_SECONDS);
  return Math.min(BURST_AT * darkSeconds, latest);
}

/** Real time, from the beginning to the end. */
export function shortRates(night: DemoNight): RateSegment[] {
  return [{ fromMs: night.startMs, rate: 1 }];
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
