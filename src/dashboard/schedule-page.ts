import type { BarState, TwilightMarks } from './night-chart.ts';

/**
 * What the page "Schedule" shows, as plain JSON. Instants are ISO-8601 UTC, angles degrees, and
 * `null` means not known or not there.
 */
export interface SchedulePage {
  /** Changes whenever this page does: the live feed carries it. */
  readonly revision: string;
  readonly now: string;
  /** Night id: the UTC date of the noon before. */
  readonly night: string;
  /** One sentence: what is planned, or why nothing is. */
  readonly sentence: string;
  readonly twilight: TwilightMarks;
  /** When science may be done; null when it never gets dark enough tonight. */
  readonly dark: Span | null;
  readonly moon: {
    readonly riseAt: string | null;
    readonly setAt: string | null;
    /** Lit fraction in the middle of the night, 0 to 1. */
    readonly illumination: number;
    /** Its elevation now. */
    readonly altDeg: number;
    readonly curve: ElevationCurve;
  };
  /** The unit's least elevation. */
  readonly minAltDeg: number;
  /** The plan that counts. */
  readonly plan: PlanVersion | null;
  /** Each sequence that was begun or has a slot, by time. */
  readonly rows: readonly ScheduleRow[];
  /** What found no place, the more urgent first. */
  readonly unplanned: readonly UnplannedRow[];
  /** What keeps the telescope from taking something more, by steps; 0 reasons = free. */
  readonly availability: readonly SightStep[];
  /** The plans of this night, the newest first. */
  readonly versions: readonly PlanVersion[];
}

export interface Span {
  readonly start: string;
  readonly end: string;
}

/** Elevations at equal steps, degrees. */
export interface ElevationCurve {
  readonly start: string;
  readonly stepSeconds: number;
  readonly altDeg: readonly number[];
}

/** A sequence of the night with its place. */
export interface ScheduleRow {
  readonly sequenceId: number;
  readonly name: string;
  readonly program: string;
  readonly isAlert: boolean;
  /** Small = urgent. */
  readonly priority: number;
  /** Of its last bar. */
  readonly state: BarState;
  /** What was done, runs, or is planned: one that was interrupted has several. */
  readonly bars: readonly (Span & { readonly state: BarState })[];
  /** Its place in the plan, unless that is over. */
  readonly slot: Slot | null;
  /** Null beyond the first hundred rows: asked for with the sequence itself. */
  readonly curve: ElevationCurve | null;
}

/** A place in a plan: start and end of the observation itself. */
export interface Slot extends Span {
  /** Slew and setup before the start. */
  readonly overheadSeconds: number;
  /** How much earlier, and later, it could start with the others where they are. */
  readonly slackLeftSeconds: number;
  readonly slackRightSeconds: number;
  /** Elevation of the target at the start. */
  readonly altDeg: number;
  readonly isShortened: boolean;
}

export interface UnplannedRow {
  readonly sequenceId: number;
  readonly name: string;
  readonly program: string;
  readonly isAlert: boolean;
  readonly priority: number;
  /** Kind of reason, e.g. `MOON`; empty when the plan does not tell. */
  readonly code: string;
  readonly reason: string;
  /** What the observer may do about it. */
  readonly remedy: string;
}

/** One plan of the night, as listed. */
export interface PlanVersion {
  readonly id: number;
  readonly created: string;
  /** What made it necessary. */
  readonly cause: string;
  /** `FIRST`: a valid plan at once after a change; `FULL`: an optimised one. */
  readonly kind: string;
  readonly planned: number;
  readonly unplanned: number;
  readonly value: number;
  /** No plan of the same sequences is worth more; 0 when it was not proven. */
  readonly bound: number;
  /** (bound − value) / bound, 0 to 1. */
  readonly gap: number;
  /** Value, bound and gap in one sentence; empty when there is no bound. */
  readonly worth: string;
}

/** A stretch of the night and all that stands against observing in it. */
export interface SightStep extends Span {
  readonly against: readonly Obstacle[];
}

export interface Obstacle {
  /** `NIGHT`, `ELEVATION`, `MOON` …; `CLOSED` and `TAKEN` for the telescope. */
  readonly code: string;
  readonly text: string;
}

/** One sequence through the night: its visibility line by steps, and its elevation. */
export interface SequenceSight {
  readonly sequenceId: number;
  readonly name: string;
  readonly program: string;
  readonly isAlert: boolean;
  readonly priority: number;
  readonly target: string;
  readonly raDeg: number | null;
  readonly decDeg: number | null;
  readonly window: { readonly start: string | null; readonly end: string | null };
  readonly durationSeconds: number;
  readonly startMode: string;
  /** Its least elevation, and where its target stands highest in the dark. */
  readonly minAltDeg: number;
  readonly highest: { readonly at: string; readonly altDeg: number } | null;
  readonly curve: ElevationCurve;
  /** 0 against = visible. */
  readonly steps: readonly SightStep[];
}

/** What happened to a sequence from one plan to another. */
export type ChangeKind = 'same' | 'moved' | 'added' | 'gone' | 'unplanned';

/** One sequence in two plans. */
export interface PlanChange {
  readonly sequenceId: number;
  readonly name: string;
  readonly isAlert: boolean;
  readonly kind: ChangeKind;
  readonly before: Span | null;
  readonly after: Span | null;
  /** By how much it starts later; negative: earlier. */
  readonly movedSeconds: number;
  /** Why it has no place any more, or what became of it. */
  readonly code: string;
  readonly reason: string;
  readonly remedy: string;
}

/** What changed between two plans of a night. */
export interface PlanChanges {
  readonly from: PlanVersion;
  readonly to: PlanVersion;
  readonly sentence: string;
  /** By time; those that keep their place included. */
  readonly changes: readonly PlanChange[];
}
