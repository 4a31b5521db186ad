import { firstEffort } from '../effort.ts';
import type { Effort, PlanConstraints, PlanSequence } from '../schedule.ts';
import type { Transition } from '../transition.ts';

/** A sequence that a program asks for; ids of a season are whole numbers, all different. */
export interface SeasonSequence extends PlanSequence {
  /** The name of its program: who gets the credit. Who pays is in `accounts`. */
  readonly program: string;
}

/** Somebody with a right to telescope time. */
export interface SeasonQuota {
  readonly name: string;
  /** Granted telescope time over the season, seconds; null: no limit. */
  readonly quotaSeconds: number | null;
}

export interface SeasonProgram extends SeasonQuota {
  /** The country that pays with it, if any. */
  readonly country?: string;
}

/** What is asked of the telescope over a season. */
export interface SeasonDemand {
  readonly programs: readonly SeasonProgram[];
  readonly countries: readonly SeasonQuota[];
  readonly sequences: readonly SeasonSequence[];
}

/** How clear and closed spells follow each other: see weather.ts. */
export interface WeatherModel {
  /** Share of the time that is lost, mean of the year, 0 to 1. */
  readonly loss: number;
  /** How much more is lost in the worst month, and less in the best one. */
  readonly swing: number;
  /** Day of the year about which it is worst, 1 to 366. */
  readonly worstDay: number;
  /** Mean length of a closed spell, hours. */
  readonly spellHours: number;
  /** Median of the seeing, full width at half maximum at the zenith, arcseconds. */
  readonly seeingArcsec: number;
  /** Standard deviation of its natural logarithm from night to night. */
  readonly seeingSpread: number;
}

/** Alerts that nobody has asked for beforehand: see season-alerts.ts. */
export interface AlertModel {
  /** Mean number between two noons. */
  readonly perNight: number;
  readonly medianSeconds: number;
  /** How long after its arrival an alert is worth observing. */
  readonly validityHours: number;
}

/** What goes wrong: see fate.ts. */
export interface TroubleModel {
  /** Share of the attempts that fail. */
  readonly failureShare: number;
  /** Share of the others that hold the telescope longer than planned. */
  readonly overrunShare: number;
  /** How much longer, mean share of the duration. */
  readonly overrunMean: number;
}

/** How much is planned each night; counts only, so that a season repeats. */
export interface SeasonEffort {
  /** Sequences that the plan of a night chooses from. */
  readonly candidates: number;
  /** They ask together for so many times the length of the night, at most. */
  readonly oversubscription: number;
  /** The same after an event, besides those that are planned. */
  readonly replanCandidates: number;
  readonly night: Effort;
  readonly replan: Effort;
}

/** All that a season depends on: the same input gives the same report. */
export interface SeasonInput extends SeasonDemand {
  /** The first night, and the one after the last, by the UTC date of the noon before. */
  readonly fromNight: string;
  readonly untilNight: string;
  readonly constraints: PlanConstraints;
  /** Science runs while the Sun is below this elevation, degrees. */
  readonly scienceSunAltDeg: number;
  readonly transition: Transition;
  readonly weather: WeatherModel;
  readonly weatherSeed: number;
  readonly alerts: AlertModel;
  readonly troubles: TroubleModel;
  /** Decides alerts, failures and overruns. */
  readonly seed: number;
  /** `usualEffort` when absent. */
  readonly effort?: SeasonEffort;
}

/** Asked once a night; `false` ends the season there. */
export type SeasonWatch = (nightsDone: number, nightsInAll: number) => boolean;

/** Alerts are shown and charged as one program without a limit. */
export const alertProgram = 'Alerts';

/**
 * First plans only: over ten nights of 300 observations of a minute, 60 steps of the bound and 40 of the
 * search each night earned 1 % more and took five times as long.
 */
export const usualEffort: SeasonEffort = {
  candidates: 1000,
  oversubscription: 3,
  replanCandidates: 100,
  night: firstEffort,
  replan: firstEffort,
};

/** The figures of a site of middle latitude: assumed, see weather.ts. */
export const usualWeather: WeatherModel = {
  loss: 0.35,
  swing: 0.12,
  worstDay: 15,
  spellHours: 14,
  seeingArcsec: 1.2,
  seeingSpread: 0.3,
};

export const usualAlerts: AlertModel = { perNight: 0.3, medianSeconds: 1200, validityHours: 24 };

export const usualTroubles: TroubleModel = {
  failureShare: 0.02,
  overrunShare: 0.05,
  overrunMean: 0.1,
};

/** The accounts that pay for a sequence of a program: see quota-ledger.ts. */
export function accountsOf({ name, country }: SeasonProgram): string[] {
  return country === undefined
    ? [programAccount(name)]
    : [programAccount(name), countryAccount(country)];
}

export const programAccount = (name: string): string => `program "${name}"`;
export const countryAccount = (name: string): string => `country "${name}"`;
