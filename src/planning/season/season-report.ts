import type { AlertsReport } from './alert-book.ts';
import type { Observation } from './night-run.ts';
import type { Use } from './night-time.ts';

/** How a program fared. */
export interface ProgramReport {
  readonly name: string;
  readonly country: string | null;
  /** Sequences asked for, and their telescope time: setup and observation. */
  readonly asked: number;
  readonly askedSeconds: number;
  /** Granted telescope time; null: no limit. */
  readonly quotaSeconds: number | null;
  readonly done: number;
  /** Observation alone. */
  readonly observedSeconds: number;
  /** Setup and observation. */
  readonly chargedSeconds: number;
  /** Share of the quota that was charged; null without a quota. */
  readonly served: number | null;
  /** Not done, and its window is over. */
  readonly expired: number;
}

/** What a country's programs used together. */
export interface CountryReport {
  readonly name: string;
  readonly quotaSeconds: number | null;
  readonly chargedSeconds: number;
}

export interface NightReport {
  readonly night: string;
  /** Dark time, and what it went to: whole milliseconds that add up exactly. */
  readonly darkMs: number;
  readonly timeMs: Readonly<Record<Use, number>>;
  readonly done: number;
  readonly seeingArcsec: number;
  /** How often the night was planned. */
  readonly plans: number;
}

/** What came of a season. Everything in it follows from the input. */
export interface SeasonReport {
  readonly fromNight: string;
  readonly untilNight: string;
  readonly nightsInAll: number;
  /** Ended before its last night: it tells of `nights` only. */
  readonly isPartial: boolean;
  readonly programs: readonly ProgramReport[];
  readonly countries: readonly CountryReport[];
  readonly total: {
    readonly darkMs: number;
    readonly timeMs: Readonly<Record<Use, number>>;
    readonly asked: number;
    readonly askedSeconds: number;
    readonly done: number;
    readonly failures: number;
    readonly interruptions: number;
    readonly plans: number;
    /** Sum of weight × minutes of what was asked for and observed: weight.ts. */
    readonly value: number;
  };
  /**
   * Jain's index of the served shares of the programs with a quota (Jain, Chiu and Hawe, 1984): 1
   * when all are served alike, 1/n when one has it all; null without quotas.
   */
  readonly fairness: number | null;
  readonly alerts: AlertsReport;
  readonly nights: readonly NightReport[];
  readonly observations: readonly Observation[];
}

/** (Σx)² / (n Σx²) of shares that are not negative; null when there are none, 1 when all are 0. */
export function jainIndex(shares: readonly number[]): number | null {
  if (shares.length === 0) return null;
  const sum = shares.reduce((total, share) => total + share, 0);
  const squares = shares.reduce((total, share) => total + share ** 2, 0);
  return squares === 0 ? 1 : sum ** 2 / (shares.length * squares);
}
