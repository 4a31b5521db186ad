import type { StartMode } from '#request';
import type { AltAz, RaDec, Site } from '#sky';

/** A sequence as the planner sees it. Instants are UTC milliseconds. */
export interface PlanSequence {
  readonly id: number;
  /** For the sentences about it. */
  readonly name: string;
  readonly target: RaDec;
  /** The observation, overhead excepted, must lie inside this window. */
  readonly windowStartMs: number;
  readonly windowEndMs: number;
  /** Small = urgent. */
  readonly priority: number;
  readonly startMode: StartMode;
  /** Wished middle of the observation; it goes before the start mode. */
  readonly tPreferedMs: number | null;
  readonly durationSeconds: number;
  /** Needed before the observation, after whatever comes before: slew, dome, wheels. */
  readonly overheadSeconds: number;
  /** The scientific program whose quota pays for it. */
  readonly program: string;
  /** An alert takes the first possible start and no later choice moves it. */
  readonly isAlert: boolean;
  /** It may stop the running sequence, when that one is less urgent. */
  readonly mayPreempt: boolean;
}

/** What the telescope is doing. */
export interface RunningSequence {
  readonly sequence: PlanSequence;
  readonly startMs: number;
  /** When it should be over. */
  readonly endMs: number;
}

/** Telescope time of a program, seconds. */
export interface Quota {
  readonly quotaSeconds: number;
  /** Done or running, overheads included. */
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

/** All that a plan depends on: the same input gives the same plan. */
export interface PlanInput {
  readonly sequences: readonly PlanSequence[];
  readonly running: RunningSequence | null;
  /** By program; a program that is not there has no limit. */
  readonly quotas: ReadonlyMap<string, Quota>;
  readonly night: { readonly scienceStartMs: number; readonly scienceEndMs: number };
  readonly constraints: PlanConstraints;
  readonly nowMs: number;
  /** How finely visibility is followed; starts are not tied to it. 60 s when absent. */
  readonly stepSeconds?: number;
}

/** One sequence in its place. */
export interface ScheduleEntry {
  readonly sequenceId: number;
  /** TSP: the observation starts; its overhead lies before. */
  readonly startMs: number;
  /** TEP: the observation ends. */
  readonly endMs: number;
  /** Elevation of the target at the start. */
  readonly altDeg: number;
  readonly overheadSeconds: number;
  /** How much earlier, and later, it could start with the others where they are. */
  readonly slackLeftSeconds: number;
  readonly slackRightSeconds: number;
  readonly isRunning: boolean;
}

/** Why a sequence has no place. */
export type ReasonCode =
  | 'NIGHT'
  | 'WINDOW'
  | 'ELEVATION'
  | 'HORIZON'
  | 'MOON'
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
}
