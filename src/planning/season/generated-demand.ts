import { hash32, type Random, seededRandom } from '#platform';
import { horizontalToIcrs, type RaDec } from '#sky';
import type { Interval } from '../interval.ts';
import { leastTransitionSeconds } from '../transition.ts';
import {
  accountsOf,
  type SeasonDemand,
  type SeasonInput,
  type SeasonProgram,
  type SeasonSequence,
} from './season.ts';
import { darkOf, nightNames } from './season-night.ts';

/** What a made-up demand looks like. */
export interface DemandWish {
  readonly sequences: number;
  readonly programs: number;
  /** Telescope time asked for, over the dark time that the weather leaves. */
  readonly load: number;
  readonly seed: number;
}

export type DemandSetting = Pick<
  SeasonInput,
  'fromNight' | 'untilNight' | 'constraints' | 'scienceSunAltDeg' | 'transition' | 'weather'
>;

export const usualDemand = { sequences: 2000, programs: 12, load: 1.5 };

/** Share of the expected clear dark time that all quotas share out. */
const GRANTED = 0.85;
/** Spread of the natural logarithm of the durations, and of the sizes of the programs. */
const DURATION_SPREAD = 0.8;
const SIZE_SPREAD = 0.5;
const LEAST_SECONDS = 60;
const MOST_SECONDS = 7200;
/** Share of the sequences with a window of their own, 3 to 30 nights; the others have the season. */
const NARROW = 0.4;
const DAY_MS = 86_400_000;
/** Each is this far above the limit at some dark hour of the season, degrees. */
const CLEARANCE_DEG = 5;

interface Maker {
  readonly setting: DemandSetting;
  readonly darks: readonly Interval[];
  /** The length of them all. */
  readonly darkMs: number;
  readonly season: Interval;
  readonly meanSeconds: number;
  readonly random: Random;
}

/**
 * A made-up demand: log-normal durations, targets uniform over the sky that the site sees in the dark
 * of the season, priorities 11 to 100, most of them not urgent. The same seed gives the same demand.
 */
export function generatedDemand(setting: DemandSetting, wish: DemandWish): SeasonDemand {
  const random = seededRandom(hash32(`${wish.seed}/demand`));
  const darks = nightNames(setting).map((night) => darkOf(setting, night));
  const darkMs = darks.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const seconds = (darkMs / 1000) * (1 - setting.weather.loss);
  const programs = programsOf(wish.programs, GRANTED * seconds, random);
  const season = { startMs: darks[0]?.startMs ?? 0, endMs: darks.at(-1)?.endMs ?? 0 };
  const meanSeconds = (wish.load * seconds) / Math.max(1, wish.sequences);
  const maker = { setting, darks, darkMs, season, meanSeconds, random };
  const count = darkMs > 0 ? wish.sequences : 0;
  const sequences = Array.from({ length: count }, (_, i) => sequenceOf(i + 1, programs, maker));
  return { programs, countries: [], sequences };
}

function programsOf(count: number, seconds: number, random: Random): SeasonProgram[] {
  const sizes = Array.from({ length: count }, () => Math.exp(SIZE_SPREAD * random.normal()));
  const sum = sizes.reduce((total, size) => total + size, 0);
  return sizes.map((size, i) => ({
    name: `P${i + 1}`,
    quotaSeconds: Math.round((seconds * size) / sum),
  }));
}

function sequenceOf(id: number, programs: readonly SeasonProgram[], maker: Maker): SeasonSequence {
  const { random, setting } = maker;
  const program = programs[random.integer(programs.length)] ?? { name: '', quotaSeconds: null };
  const atMs = darkInstant(maker);
  const durationSeconds = durationOf(maker);
  const setupSeconds = leastTransitionSeconds(setting.transition);
  return {
    id,
    name: `${program.name}-${id}`,
    program: program.name,
    accounts: accountsOf(program),
    target: visibleAt(atMs, maker),
    ...windowAbout(atMs, maker),
    priority: 100 - Math.floor(90 * random.next() ** 1.5),
    startMode: random.next() < 0.7 ? 'BESTELEV' : 'IMMEDIATE',
    tPreferedMs: null,
    durationSeconds,
    setupSeconds,
    chargeSeconds: setupSeconds + durationSeconds,
    isAlert: false,
    mayPreempt: false,
  };
}

/** Every dark instant is as likely as any other. */
function darkInstant({ darks, darkMs, random }: Maker): number {
  let left = random.next() * darkMs;
  for (const { startMs, endMs } of darks) {
    if (left < endMs - startMs) return Math.round(startMs + left);
    left -= endMs - startMs;
  }
  return darks.at(-1)?.endMs ?? 0;
}

function durationOf({ meanSeconds, random }: Maker): number {
  const median = meanSeconds * Math.exp(-(DURATION_SPREAD ** 2) / 2);
  const seconds = Math.round(median * Math.exp(DURATION_SPREAD * random.normal()));
  return Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, seconds));
}

function visibleAt(ms: number, { setting, random }: Maker): RaDec {
  const { site, minAltDeg } = setting.constraints;
  const lowest = Math.sin((Math.min(85, minAltDeg + CLEARANCE_DEG) * Math.PI) / 180);
  const sine = lowest + (1 - lowest) * random.next();
  const altDeg = (Math.asin(sine) * 180) / Math.PI;
  return horizontalToIcrs({ altDeg, azDeg: 360 * random.next() }, site, ms);
}

function windowAbout(
  ms: number,
  { season, random }: Maker,
): { readonly windowStartMs: number; readonly windowEndMs: number } {
  const isNarrow = random.next() < NARROW;
  const nights = 3 + 27 * random.next();
  if (!isNarrow) return { windowStartMs: season.startMs, windowEndMs: season.endMs };
  const half = Math.round((nights * DAY_MS) / 2);
  return {
    windowStartMs: Math.max(season.startMs, ms - half),
    windowEndMs: Math.min(season.endMs, ms + half),
  };
}
