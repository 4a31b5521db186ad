import type { Measure, PlcSpec } from '#unit';
import type { Moment } from './cause.ts';
import { cloudState, type SkyClarity } from './cloud-state.ts';
import { type Derived, derive, dewPoint } from './derived-quantities.ts';
import { measure } from './fusion.ts';
import type { Verdict } from './safety.ts';
import { maxAgeMs, type SafetyMemory } from './safety-memory.ts';
import { NOTHING_SAID } from './site-state.ts';

/**
 * The weather as one row: humidity in percent, wind and gust in m/s, directions in degrees
 * (N=0, E=90), temperatures in degrees Celsius, pressure in mbar, rain in mm/h. Null: not known.
 */
export interface Weather {
  readonly humidity: number | null;
  readonly wind: number | null;
  readonly wind_dir: number | null;
  readonly temperature: number | null;
  readonly pressure: number | null;
  readonly rain: number | null;
  /** Temperature of the sky. */
  readonly cloud: number | null;
  readonly dew_point: number | null;
  /** By how much the air is warmer than its dew point. */
  readonly dew_margin: number | null;
  readonly gust: number | null;
  /** Millibars an hour. */
  readonly pressure_trend: number | null;
  /** Arcseconds. */
  readonly seeing: number | null;
  readonly sky_clarity: string;
}

/** The weather at this moment, from what is fresh and believed. */
export function weatherOf(
  memory: SafetyMemory,
  spec: PlcSpec,
  moment: Moment,
): Weather & { readonly sky_clarity: SkyClarity } {
  const now = nowOf(memory, spec, moment);
  const get = (name: Measure) => measure(spec, name, now)?.value ?? null;
  const made = (name: Derived) =>
    rounded(derive(name, { spec, now, recent: memory.recent })?.value ?? null);
  const [temperature, humidity, cloud] = [get('temperature'), get('humidity'), get('cloud')];
  const known = temperature !== null && humidity !== null;
  return {
    humidity,
    wind: get('wind'),
    wind_dir: get('windDir'),
    temperature,
    pressure: get('pressure'),
    rain: get('rain'),
    cloud,
    dew_point: rounded(known ? dewPoint(temperature, humidity) : null),
    dew_margin: made('dewMargin'),
    gust: made('gust'),
    pressure_trend: made('pressureTrend'),
    seeing: get('seeing'),
    sky_clarity: cloudState(cloud),
  };
}

function nowOf(memory: SafetyMemory, spec: PlcSpec, { atMono, slackSeconds }: Moment) {
  return { sensors: memory.sensors, sinceMono: atMono - maxAgeMs(spec, slackSeconds) };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(2));
}

/** The inside of the observatory as one row; an empty text: not known. */
export interface Inside {
  readonly lights: string;
  readonly dome: string;
  readonly doors: string;
  readonly shutter: string;
  readonly temperature: number | null;
  readonly pressure: number | null;
  readonly humidity: number | null;
}

/** What the dome said last, if that is fresh: how far its slit is turned, and its shutter. */
export interface DomeSeen {
  readonly dome: string;
  readonly shutter: string;
}

/** The inside at this moment. */
export function insideOf(
  memory: SafetyMemory,
  spec: PlcSpec,
  { moment, dome }: { moment: Moment; dome: DomeSeen },
): Inside {
  const now = nowOf(memory, spec, moment);
  const get = (name: Measure) => measure(spec, name, now)?.value ?? null;
  const site = memory.site ?? NOTHING_SAID;
  return {
    lights: site.lights ?? '',
    dome: dome.dome,
    doors: site.doors ?? '',
    shutter: dome.shutter,
    temperature: get('insideTemperature'),
    pressure: get('pressure'),
    humidity: get('insideHumidity'),
  };
}

/** The word of the guide for the state outside: RAINING, OK, or UNSAFE for any other reason. */
export function globalStatus({ rain }: Pick<Weather, 'rain'>, { raw }: Verdict): string {
  if ((rain ?? 0) > 0) return 'RAINING';
  return raw.safe ? 'OK' : 'UNSAFE';
}

/** UNSAFE, OK, or UNKNOWN when it is safe but nobody vouches for doors, lights or shutter. */
export function siteStatus(
  inside: Pick<Inside, 'doors' | 'lights' | 'shutter'>,
  { raw }: Verdict,
): string {
  if (!raw.safe) return 'UNSAFE';
  const isKnown = ['open', 'closed', 'opening', 'closing', 'intermediate'].includes(inside.shutter);
  return inside.doors === '' || inside.lights === '' || !isKnown ? 'UNKNOWN' : 'OK';
}
