import type { Random } from '#platform';
import type { Interval } from '../interval.ts';
import type { WeatherModel } from './season.ts';

const HOUR_MS = 3_600_000;
const YEAR_MS = 365.25 * 86_400_000;
/** The chain never gets stuck: some of the time is always lost, and some never. */
const LEAST = 0.001;
/** A dome that shut and opened more often would be a storm of spells, and years of them no plan. */
const SHORTEST_SPELL_HOURS = 0.1;

/**
 * The stretches of a period when the dome stays closed. Clear and closed spells follow each other as
 * a Markov chain of two states: each lasts an exponential time, and the means of the two give the
 * share of the time that is lost at that date, a yearly cosine about `loss`.
 *
 * `usualWeather` is an assumption for a site of middle latitude, a third lost, more in winter, by
 * spells of half a day; no site was measured for it. Where the log of a site is at hand, its own loss
 * and mean closed spell are the two figures to give; spells have a mean of 0.1 h at least.
 */
export function closedSpells(model: WeatherModel, period: Interval, random: Random): Interval[] {
  const spells: Interval[] = [];
  const spellHours = Math.max(SHORTEST_SPELL_HOURS, model.spellHours);
  let atMs = period.startMs;
  let isClosed = random.next() < lossAt(model, atMs);
  while (atMs < period.endMs) {
    const loss = lossAt(model, atMs);
    const meanHours = isClosed ? spellHours : (spellHours * (1 - loss)) / loss;
    const hours = -Math.log(1 - random.next()) * meanHours;
    const endMs = Math.min(period.endMs, atMs + Math.max(1, Math.round(hours * HOUR_MS)));
    if (isClosed && model.loss > 0) spells.push({ startMs: atMs, endMs });
    atMs = endMs;
    isClosed = !isClosed;
  }
  return spells;
}

/** Share of the time that is lost about an instant, above 0 and below 1. */
export function lossAt({ loss, swing, worstDay }: WeatherModel, ms: number): number {
  const worstMs = Date.UTC(2000, 0, 1) + (worstDay - 1) * 86_400_000;
  const share = loss + swing * Math.cos((2 * Math.PI * (ms - worstMs)) / YEAR_MS);
  return Math.min(1 - LEAST, Math.max(LEAST, share));
}

/** The seeing of a night, arcseconds: log-normal, one night knows nothing of the other. */
export function seeingOf(model: WeatherModel, random: Random): number {
  return model.seeingArcsec * Math.exp(model.seeingSpread * random.normal());
}
