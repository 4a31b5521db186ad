import { hash32, PyrosError, seededRandom } from '#platform';
import { nightBounds, sunBelow } from '#sky';
import { type Interval, intersect } from '../interval.ts';
import type { SeasonInput } from './season.ts';
import { closedSpells, seeingOf } from './weather.ts';

/** One night as it will turn out to be; its instants are whole milliseconds, UTC. */
export interface SeasonNight extends Interval {
  /** The UTC date of the noon before. */
  readonly night: string;
  /** The noon before. */
  readonly noonMs: number;
  /** When the dome is closed in the dark, in order. */
  readonly closures: readonly Interval[];
  readonly seeingArcsec: number;
}

type NightsInput = Pick<SeasonInput, 'fromNight' | 'untilNight' | 'scienceSunAltDeg'> & {
  readonly constraints: Pick<SeasonInput['constraints'], 'site'>;
};

const DAY_MS = 86_400_000;

/** Ten years. */
const MOST_NIGHTS = 3653;

/** The names of the nights of a season. Throws `BAD_NIGHT`, `PERIOD_INVALID`. */
export function nightNames({ fromNight, untilNight }: NightsInput): string[] {
  const { startMs } = nightBounds(fromNight, 0);
  const { startMs: endMs } = nightBounds(untilNight, 0);
  const count = Math.max(0, Math.round((endMs - startMs) / DAY_MS));
  if (count > MOST_NIGHTS) {
    const asked = `${fromNight} to ${untilNight} are ${count} nights`;
    throw new PyrosError('PERIOD_INVALID', `${asked}: a season has ${MOST_NIGHTS} at most.`, {
      remedy: 'Give an earlier end: half a year is a usual season.',
    });
  }
  return Array.from({ length: count }, (_, i) =>
    new Date(startMs + i * DAY_MS).toISOString().slice(0, 10),
  );
}

/** The dark of each night; empty, from the noon to itself, where it never gets dark. */
export function darkOf(input: NightsInput, night: string): Interval {
  const { site } = input.constraints;
  const dark = sunBelow(site, night, input.scienceSunAltDeg);
  const { startMs } = nightBounds(night, site.lonDeg);
  if (dark === null) return { startMs, endMs: startMs };
  return { startMs: Math.ceil(dark.startMs), endMs: Math.floor(dark.endMs) };
}

/** Every night of a season with its weather, which its plans do not know beforehand. */
export function seasonNights(input: SeasonInput): SeasonNight[] {
  const { weather, weatherSeed } = input;
  const { lonDeg } = input.constraints.site;
  const names = nightNames(input);
  const [first, last] = [names[0], names.at(-1)];
  if (first === undefined || last === undefined) return [];
  const period = {
    startMs: nightBounds(first, lonDeg).startMs,
    endMs: nightBounds(last, lonDeg).endMs,
  };
  const random = (what: string) => seededRandom(hash32(`${weatherSeed}/${what}`));
  const spells = closedSpells(weather, period, random('spells'));
  return names.map((night) => {
    const dark = darkOf(input, night);
    return {
      night,
      noonMs: nightBounds(night, lonDeg).startMs,
      ...dark,
      closures: intersect([dark], spells),
      seeingArcsec: seeingOf(weather, random(`seeing/${night}`)),
    };
  });
}
