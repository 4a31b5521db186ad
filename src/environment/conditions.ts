import type { FactPayloads } from '#agent';
import type { Weather } from './weather.ts';

/** Observing conditions, as the scheduler hears of them. */
export type Conditions = FactPayloads['ConditionsChanged'];

/** A seeing that differs by less is the same seeing. */
const SEEING_STEP = 0.2;

export function conditionsOf(weather: Weather): Conditions {
  const { sky_clarity: cloud, wind: windMs, humidity: humidityPercent, seeing } = weather;
  return { cloud, windMs, humidityPercent, seeingArcsec: seeing };
}

/** Worth a word: the sky is another, or the seeing is, by a fifth or in being known at all. */
export function hasChanged(before: Conditions | null, now: Conditions): boolean {
  if (before === null || before.cloud !== now.cloud) return true;
  const [old, seeing] = [before.seeingArcsec ?? null, now.seeingArcsec ?? null];
  if (old === null || seeing === null) return old !== seeing;
  return Math.abs(seeing - old) > SEEING_STEP * old;
}
