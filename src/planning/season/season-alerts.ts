import { hash32, type Random, seededRandom } from '#platform';
import { firstRoutinePriority } from '../weight.ts';
import { alertProgram, programAccount, type SeasonInput, type SeasonSequence } from './season.ts';
import type { SeasonNight } from './season-night.ts';

/** A sequence that nobody knew of before its arrival: the start of its window. */
export type SeasonAlert = SeasonSequence;

/** Far above the ids of what was asked for. */
export const firstAlertId = 1_000_000_000;

const DAY_MS = 86_400_000;
/** Spread of the natural logarithm of the durations. */
const SPREAD = 0.6;
const LEAST_SECONDS = 60;
const MOST_SECONDS = 7200;

/**
 * The alerts of a season in the order of their arrival: by night and by day alike (Poisson), from the
 * whole sky, priorities 1 to 9. What no one can see from the site stays in: it is part of the rate.
 */
export function seasonAlerts(
  input: Pick<SeasonInput, 'alerts' | 'seed' | 'constraints'>,
  nights: readonly SeasonNight[],
  setupSeconds: number,
): SeasonAlert[] {
  const alerts = nights.flatMap(({ night, noonMs }) => {
    const random = seededRandom(hash32(`${input.seed}/alerts/${night}`));
    const arrivals = Array.from({ length: poisson(input.alerts.perNight, random) }, () =>
      Math.round(noonMs + random.next() * DAY_MS),
    );
    return arrivals.sort((a, b) => a - b).map((ms) => alertAt(ms, input, random));
  });
  return alerts.map((alert, i) => ({
    ...alert,
    id: firstAlertId + i,
    name: `Alert ${i + 1}`,
    setupSeconds,
    chargeSeconds: setupSeconds + alert.durationSeconds,
  }));
}

function alertAt(
  arrivalMs: number,
  { alerts }: Pick<SeasonInput, 'alerts'>,
  random: Random,
): Omit<SeasonAlert, 'id' | 'name' | 'setupSeconds' | 'chargeSeconds'> {
  const seconds = Math.round(alerts.medianSeconds * Math.exp(SPREAD * random.normal()));
  return {
    program: alertProgram,
    accounts: [programAccount(alertProgram)],
    target: anywhere(random),
    windowStartMs: arrivalMs,
    windowEndMs: arrivalMs + Math.round(alerts.validityHours * 3_600_000),
    priority: 1 + random.integer(firstRoutinePriority - 1),
    startMode: 'IMMEDIATE',
    tPreferedMs: null,
    durationSeconds: Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, seconds)),
    isAlert: true,
    mayPreempt: true,
  };
}

/** A direction of the whole sky, all equally likely, degrees. */
export function anywhere(random: Random): { readonly raDeg: number; readonly decDeg: number } {
  const sine = 2 * random.next() - 1;
  return { raDeg: 360 * random.next(), decDeg: (Math.asin(sine) * 180) / Math.PI };
}

/** Knuth's way, by products of uniform numbers: quick for the few that come in a night. */
function poisson(mean: number, random: Random): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count++;
  return count;
}
