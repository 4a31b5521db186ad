import { PyrosError, type RateSegment, seededRandom } from '#platform';
import {
  horizontalToIcrs,
  moonPosition,
  nightBounds,
  separationDeg,
  sunAltitudeCrossing,
  sunBelow,
} from '#sky';
import type { Unit } from '#unit';

/** The hours of a demonstration night, UTC ms. */
export interface NightHours {
  readonly night: string;
  /** When the run begins: closed, by daylight. */
  readonly startMs: number;
  readonly openMs: number;
  readonly dark: { readonly startMs: number; readonly endMs: number };
  readonly closeMs: number;
}

/** The burst of a demonstration night: a real one on the default night, a made-up one on others. */
export interface DemoBurst {
  readonly trigger: string;
  readonly eventMs: number;
  readonly bat: { ms: number; raDeg: number; decDeg: number; errorDeg: number };
  readonly xrt: { ms: number; raDeg: number; decDeg: number; errorDeg: number };
}

/** What happens in a demonstration night. */
export interface DemoNight extends NightHours {
  readonly burst: DemoBurst | null;
  readonly rain: { readonly startMs: number; readonly endMs: number } | null;
  /** The guide's scenario JSON, which makes it happen. */
  readonly scenario: unknown;
}

/** The night of Swift trigger 596958, seen from Calern in a dark sky, the Moon down. */
export const DEFAULT_NIGHT = '2014-04-23';
const SWIFT_596958: DemoBurst = {
  trigger: '596958',
  eventMs: Date.UTC(2014, 3, 23, 21, 7, 8),
  bat: { ms: Date.UTC(2014, 3, 23, 21, 8, 24), raDeg: 202.9277, decDeg: 29.2583, errorDeg: 0.05 },
  xrt: { ms: Date.UTC(2014, 3, 23, 21, 9, 42), raDeg: 202.9436, decDeg: 29.2763, errorDeg: 0.0013 },
};

const MINUTE_MS = 60_000;
/** The sensors must have been good for their dwell before the dome may open. */
const BEFORE_OPENING_MS = 30 * MINUTE_MS;
const ACKNOWLEDGED_BEFORE_OPENING_MS = 8 * MINUTE_MS;
const RAIN_MS = 12 * MINUTE_MS;

/**
 * The hours of a night at a unit's site.
 *
 * @throws PyrosError `NO_NIGHT` when the Sun does not sink low enough there, or never rises.
 */
export function nightHours(unit: Unit, night: string): NightHours {
  const { site, night: rules } = unit;
  const open = sunAltitudeCrossing(site, night, rules.openSunAltDeg);
  const close = sunAltitudeCrossing(site, night, rules.closeSunAltDeg);
  const dark = sunBelow(site, night, rules.scienceSunAltDeg);
  if (open.downMs === null || close.upMs === null || !dark) {
    throw new PyrosError(
      'NO_NIGHT',
      `On ${night} the Sun does not ${dark ? 'rise' : `sink below ${rules.scienceSunAltDeg}°`} at ${site.name}.`,
      { remedy: 'Choose another --date or another --site.' },
    );
  }
  const { startMs: noonMs } = nightBounds(night, site.lonDeg);
  const startMs = Math.max(noonMs, open.downMs - BEFORE_OPENING_MS);
  return { night, startMs, openMs: open.downMs, dark, closeMs: close.upMs };
}

/** The demonstration of a night: acknowledgement, burst, rain, as the seed decides where it must. */
export function demoNight(unit: Unit, night: string, seed: number): DemoNight {
  const hours = nightHours(unit, night);
  const darkMs = hours.dark.endMs - hours.dark.startMs;
  const isDefault = night === DEFAULT_NIGHT && unit.site.name === 'Calern';
  const burst = isDefault ? SWIFT_596958 : madeUpBurst(unit, hours, seed);
  const rainMs = hours.dark.startMs + 0.58 * darkMs;
  const rain = darkMs > 150 * MINUTE_MS ? { startMs: rainMs, endMs: rainMs + RAIN_MS } : null;
  return { ...hours, burst, rain, scenario: scenarioOf(hours, burst, rain) };
}

/** High in the sky, far from the Moon, a fifth of the night after dusk. */
function madeUpBurst(unit: Unit, hours: NightHours, seed: number): DemoBurst | null {
  const darkMs = hours.dark.endMs - hours.dark.startMs;
  if (darkMs < 60 * MINUTE_MS) return null;
  const random = seededRandom(seed).fork(`burst of ${hours.night}`);
  const batMs = Math.round(hours.dark.startMs + (0.18 + 0.06 * random.next()) * darkMs);
  const moon = moonPosition(unit.site, batMs);
  for (let i = 0; i < 100; i++) {
    const direction = { altDeg: 55 + 20 * random.next(), azDeg: 360 * random.next() };
    const place = horizontalToIcrs(direction, unit.site, batMs);
    if (separationDeg(place, moon) < unit.night.moonDistanceDeg + 10) continue;
    const offset = 0.015;
    const found = { raDeg: place.raDeg, decDeg: Math.min(89.9, place.decDeg + offset) };
    return {
      trigger: String(600_000 + random.integer(100_000)),
      eventMs: batMs - 76_000,
      bat: { ms: batMs, ...round(place), errorDeg: 0.05 },
      xrt: { ms: batMs + 78_000, ...round(found), errorDeg: 0.0013 },
    };
  }
  return null;
}

function round(place: { raDeg: number; decDeg: number }) {
  const digits = (value: number) => Math.round(value * 1e4) / 1e4;
  return { raDeg: digits(place.raDeg) % 360, decDeg: digits(place.decDeg) };
}

/** The guide's scenario format (R-342), by instants; the rain is the guide's: two sensors at 12 mm/h. */
function scenarioOf(hours: NightHours, burst: DemoBurst | null, rain: DemoNight['rain']): unknown {
  const at = (ms: number) => new Date(Math.round(ms)).toISOString();
  const plc = (ms: number, name: `${string}.${string}`, value: number) => {
    const [device_name, value_name] = name.split('.');
    return { at: at(ms), plcSimulator: { device_name, value_name, value } };
  };
  const rains = rain
    ? [
        plc(rain.startMs, 'WXT520.RainRate', 12),
        plc(rain.startMs, 'VantagePro.RainRate', 12),
        plc(rain.endMs, 'WXT520.RainRate', 0),
        plc(rain.endMs, 'VantagePro.RainRate', 0),
      ]
    : [];
  const acknowledged = hours.openMs - ACKNOWLEDGED_BEFORE_OPENING_MS;
  return [
    10,
    plc(hours.startMs - MINUTE_MS, 'OBSERVATORY.NightAck', 0),
    plc(acknowledged, 'OBSERVATORY.NightAck', 1),
    ...rains,
    plc(hours.closeMs, 'OBSERVATORY.NightAck', 0),
    ...(burst ? burstEvents(burst) : []),
  ];
}

/** Two notices, and the afterglow that the images show where the second one says. */
export function burstEvents(burst: DemoBurst): unknown[] {
  const eventAt = new Date(burst.eventMs).toISOString();
  const notice = (packet: 'bat' | 'xrt', { ms, ...place }: DemoBurst['bat']) => {
    const alertSimulator = { packet, trigger: burst.trigger, eventAt, ...place };
    return { at: new Date(ms).toISOString(), alertSimulator };
  };
  const { raDeg, decDeg } = burst.xrt;
  return [
    notice('bat', burst.bat),
    notice('xrt', burst.xrt),
    { sky: { transient: { raDeg, decDeg, eventAt, magnitudeAtMinute: 12.5, decayIndex: 1.1 } } },
  ];
}

/** How fast the slow parts of a demonstration run, observatory seconds per real second. */
const SLOW_RATE = 20;

/**
 * The rates of a demonstration: slow motion while the burst comes in and while the rain closes the
 * dome, and otherwise `rate`, or what makes the whole night last `realSeconds`.
 */
export function demoRates(
  night: DemoNight,
  wish: { rate?: number | undefined; realSeconds: number },
): RateSegment[] {
  const slow = [
    ...(night.burst
      ? [{ fromMs: night.burst.bat.ms - 15_000, toMs: night.burst.xrt.ms + 75_000 }]
      : []),
    ...(night.rain
      ? [{ fromMs: night.rain.startMs - 15_000, toMs: night.rain.startMs + 60_000 }]
      : []),
  ].sort((a, b) => a.fromMs - b.fromMs);
  const slowMs = slow.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const wholeMs = night.closeMs + 5 * MINUTE_MS - night.startMs;
  const slowReal = slowMs / 1000 / SLOW_RATE;
  const rate = wish.rate ?? (wholeMs - slowMs) / 1000 / (wish.realSeconds - slowReal);
  if (rate <= SLOW_RATE) return [{ fromMs: night.startMs, rate }];
  const parts = slow.flatMap(({ fromMs, toMs }) => [
    { fromMs, rate: SLOW_RATE },
    { fromMs: toMs, rate },
  ]);
  return [{ fromMs: night.startMs, rate }, ...parts];
}
