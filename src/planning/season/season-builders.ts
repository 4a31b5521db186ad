import { firstEffort } from '../effort.ts';
import { generatedDemand } from './generated-demand.ts';
import {
  type SeasonInput,
  type SeasonSequence,
  usualAlerts,
  usualTroubles,
  usualWeather,
} from './season.ts';

/** For tests: three nights of March at Calern, always clear, nothing asked for, nothing goes wrong. */
export function quietSeason(changes: Partial<SeasonInput> = {}): SeasonInput {
  return {
    fromNight: '2026-03-10',
    untilNight: '2026-03-13',
    scienceSunAltDeg: -12,
    constraints: {
      site: { latDeg: 43.75203, lonDeg: 6.92353, altitudeM: 1320 },
      minAltDeg: 25,
      horizon: [{ azDeg: 0, altDeg: 12 }],
      moonDistanceDeg: 10,
    },
    transition: {
      slewDegPerSecond: 4,
      slewAccelDegPerSecond2: 2,
      settleSeconds: 4,
      domeDegPerSecond: 6,
      wheelSeconds: 2,
    },
    programs: [{ name: 'A', quotaSeconds: null }],
    countries: [],
    sequences: [],
    weather: { ...usualWeather, loss: 0, swing: 0 },
    weatherSeed: 1,
    alerts: { ...usualAlerts, perNight: 0 },
    troubles: { ...usualTroubles, failureShare: 0, overrunShare: 0 },
    seed: 1,
    effort: {
      candidates: 40,
      oversubscription: 3,
      replanCandidates: 20,
      night: firstEffort,
      replan: firstEffort,
    },
    ...changes,
  };
}

/** For tests: a circumpolar sequence of 20 minutes of program A, changed as told. */
export function asked(id: number, changes: Partial<SeasonSequence> = {}): SeasonSequence {
  const { durationSeconds = 1200, setupSeconds = 4 } = changes;
  return {
    id,
    name: `A-${id}`,
    program: 'A',
    accounts: ['program "A"'],
    target: { raDeg: (37 * id) % 360, decDeg: 80 },
    windowStartMs: Date.UTC(2026, 0, 1),
    windowEndMs: Date.UTC(2027, 0, 1),
    priority: 50,
    startMode: 'IMMEDIATE',
    tPreferedMs: null,
    durationSeconds,
    setupSeconds,
    chargeSeconds: durationSeconds + setupSeconds,
    isAlert: false,
    mayPreempt: false,
    ...changes,
  };
}

/** For tests: a demand larger than its nights, with everything that can go wrong. */
export function busySeason(
  seed: number,
  sequences: number,
  changes: Partial<SeasonInput> = {},
): SeasonInput {
  const setting = quietSeason({
    weather: { ...usualWeather, spellHours: 4 },
    weatherSeed: seed,
    alerts: { perNight: 2, medianSeconds: 900, validityHours: 12 },
    troubles: { failureShare: 0.15, overrunShare: 0.2, overrunMean: 0.3 },
    seed,
    ...changes,
  });
  return { ...setting, ...generatedDemand(setting, { sequences, programs: 4, load: 1.5, seed }) };
}
