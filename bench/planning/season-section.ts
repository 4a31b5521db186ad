import {
  type DemandSetting,
  generatedDemand,
  type SeasonReport,
  simulateSeason,
  usualAlerts,
  usualTroubles,
  usualWeather,
} from '#planning';
import { percent, type Section, spentOn, spentText } from './report.ts';

const GOAL_SECONDS = 120;
const STRETCH_SECONDS = 60;
const SEQUENCES = 100_000;
const PROGRAMS = 12;
const LOAD = 5;
const SETTING: DemandSetting = {
  fromNight: '2022-03-01',
  untilNight: '2022-09-01',
  constraints: {
    site: { latDeg: 43.7522, lonDeg: 6.9238, altitudeM: 1270 },
    minAltDeg: 30,
    horizon: [],
    moonDistanceDeg: 30,
  },
  scienceSunAltDeg: -18,
  transition: {
    slewDegPerSecond: 2,
    slewAccelDegPerSecond2: 1,
    settleSeconds: 5,
    domeDegPerSecond: 5,
    wheelSeconds: 5,
  },
  weather: usualWeather,
};

/** Six months of nights, planned and observed, with slews, quotas, weather, alerts and failures. */
export function seasonSection({ isQuick }: { readonly isQuick: boolean }): Section {
  const sequences = isQuick ? SEQUENCES / 10 : SEQUENCES;
  const demand = generatedDemand(SETTING, { sequences, programs: PROGRAMS, load: LOAD, seed: 1 });
  const models = { alerts: usualAlerts, troubles: usualTroubles };
  const input = { ...SETTING, ...demand, ...models, weatherSeed: 1, seed: 1 };
  let report: SeasonReport | undefined;
  const spent = spentOn(() => {
    report = simulateSeason(input);
  });
  if (!report) return { rows: [], details: null };
  const { total, nightsInAll, programs } = report;
  const over = programs.filter((one) => one.chargedSeconds > (one.quotaSeconds ?? Infinity));
  const share = total.timeMs.observed / total.darkMs;
  return {
    rows: [
      {
        what: `${nightsInAll} nights, ${sequences} sequences`,
        measured: `${spentText([spent])}: ${total.plans} plans, ${percent(share, 0)} of the dark observed`,
        goal: `≤ ${GOAL_SECONDS} s (stretch ${STRETCH_SECONDS} s)`,
        isMet: spent.seconds <= GOAL_SECONDS,
      },
      {
        what: 'programs beyond their quota at the end of the season',
        measured: `${over.length} of ${programs.length}`,
        goal: '0',
        isMet: over.length === 0,
      },
    ],
    details: { ...spent, total },
  };
}
