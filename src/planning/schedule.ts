import type { SequenceLimits as RequestedLimits, StartMode } from '#request';
import type { AltAz, RaDec, Site, SkyTarget } from '#sky';
import type { Transition } from './transition.ts';

/** A sequence as the planner sees it. Instants are UTC milliseconds. */
export interface PlanSequence {
  readonly id: number;
  /** For the sentences about it. */
  readonly name: string;
  /** Where it looks; null when nothing in the sky matters: calibrations, exercises. */
  readonly target: SkyTarget | null;
  /** Setup and observation must lie inside this window. */
  readonly windowStartMs: number;
  readonly windowEndMs: number;
  /** Small = urgent: see weight.ts. */
  readonly priority: number;
  readonly startMode: StartMode;
  /** Wished middle of the observation; it goes before the start mode. */
  readonly tPreferedMs: number | null;
  /** The observation itself. */
  readonly durationSeconds: number;
  /** The least part that is worth doing; absent or the duration: all or nothing. */
  readonly minUsefulSeconds?: number;
  /** Needed on the target before the observation, target in sight: settling, wheels, centring. */
  readonly setupSeconds: number;
  /** What it costs each of its accounts: see quota-ledger.ts. */
  readonly chargeSeconds: number;
  /** Names of the quotas that pay for it, e.g. its program's and its country's. */
  readonly accounts: readonly string[];
  /** Its own limits, where they differ from those of the unit. */
  readonly limits?: SequenceLimits;
  /** It may take place in the twilight, the dome open or not (calibrations). */
  readonly inTwilight?: boolean;
  /** An alert takes the first possible start and no later choice moves it. */
  readonly isAlert: boolean;
  /** It may stop the running sequence, when that one is less urgent. */
  readonly mayPreempt: boolean;
}

/** What a sequence asks of the sky; an absent limit is the unit's, or none. */
export interface SequenceLimits extends RequestedLimits {
  /** The distance to the Moon is kept while it is below the horizon too. */
  readonly moonDistanceAlways?: boolean;
}

/** What the telescope is doing. */
export interface RunningSequence {
  readonly sequence: PlanSequence;
  readonly startMs: number;
  /** When it should be over. */
  readonly endMs: number;
}

/** Telescope time of an account, seconds. */
export interface Quota {
  readonly quotaSeconds: number;
  /** Done or running. */
  readonly chargedSeconds: number;
}

/** When and above what the sky may be observed. */
export interface PlanConstraints {
  readonly site: Site;
  readonly minAltDeg: number;
  /** The local horizon, by steps. */
  readonly horizon: readonly AltAz[];
  /** Least distance to the Moon while it is up, degrees. */
  readonly moonDistanceDeg: number;
}

/** How the sky is at the moment; null: not measured, and then not held against anybody. */
export interface Conditions {
  readonly seeingArcsec: number | null;
}

/** The plan before this one: what it promised is kept where nothing better is found. */
export interface PreviousPlan {
  /**
   * Start of the observation of each sequence, UTC ms. Without those that were shortened: they take
   * what the others leave, and find it again.
   */
  readonly startMs: ReadonlyMap<number, number>;
}

/** How much work a plan is worth; counted in steps, never in time, so that plans repeat. */
export interface Effort {
  /** Iterations of the dual bound. */
  readonly boundIterations: number;
  /** Windows of the night that are planned again in search of something better. */
  readonly searchRounds: number;
}

/** All that a plan depends on: the same input gives the same plan. */
export interface PlanInput {
  readonly sequences: readonly PlanSequence[];
  readonly running: RunningSequence | null;
  /** By account; an account that is not there has no limit. */
  readonly quotas: ReadonlyMap<string, Quota>;
  readonly night: {
    readonly scienceStartMs: number;
    readonly scienceEndMs: number;
    /** For what may take place in the twilight; the science time when absent. */
    readonly openMs?: number;
    readonly closeMs?: number;
  };
  readonly constraints: PlanConstraints;
  readonly conditions?: Conditions;
  /** How long the telescope takes from one target to the next; absent: no time. */
  readonly transition?: Transition;
  /** Where the telescope looks now; absent: its first slew takes no time. */
  readonly pointing?: RaDec;
  readonly nowMs: number;
  readonly previous?: PreviousPlan;
  /** Decides between equals; 0 when absent. */
  readonly seed?: number;
  /** `fullEffort` when absent. */
  readonly effort?: Effort;
}

/** One sequence in its place. */
export interface ScheduleEntry {
  readonly sequenceId: number;
  /** TSP: the observation starts; slew and setup lie before. */
  readonly startMs: number;
  /** TEP: the observation ends. */
  readonly endMs: number;
  /** Elevation of the target at the start; 90 for what has no target. */
  readonly altDeg: number;
  /** Slew from what comes before, and setup. */
  readonly overheadSeconds: number;
  /** How much earlier, and later, it could start with the others where they are. */
  readonly slackLeftSeconds: number;
  readonly slackRightSeconds: number;
  readonly isRunning: boolean;
  /** Only the useful part has room: it ends before its full duration. */
  readonly isShortened: boolean;
}

/** Why a sequence has no place. */
export type ReasonCode =
  | 'INVALID'
  | 'NIGHT'
  | 'WINDOW'
  | 'ELEVATION'
  | 'HORIZON'
  | 'MOON'
  | 'SUN'
  | 'SKY_BRIGHTNESS'
  | 'SEEING'
  | 'OVER_QUOTA'
  | 'OUTBID';

export interface Explanation {
  readonly code: ReasonCode;
  /** What stands in the way and by how much. */
  readonly sentence: string;
  /** What the observer may do about it. */
  readonly remedy: string;
}

export interface UnplannedSequence extends Explanation {
  readonly sequenceId: number;
}

/** The plan of the rest of a night: each sequence has exactly one entry or one reason. */
export interface Schedule {
  /** What it plans: from now or the start of science to the end of science. */
  readonly startMs: number;
  readonly endMs: number;
  /** By time; none overlap, overheads included. */
  readonly entries: readonly ScheduleEntry[];
  readonly unplanned: readonly UnplannedSequence[];
  /** The running sequence to stop at once, if any. */
  readonly preempts: number | null;
  /** Share of the planned time that is observation or overhead, 0 to 1. */
  readonly filledFraction: number;
  /** Sum of weight × minutes × merit over the planned entries, the running one aside: weight.ts. */
  readonly value: number;
  /** No plan of these sequences is worth more. */
  readonly bound: number;
  /** (bound − value) / bound, 0 to 1: what a better plan could still gain at most. */
  readonly gap: number;
}
