import type { BodyTarget, EphemerisTarget, FixedTarget } from '#sky';
import type { SequenceStatus } from './sequence-status.ts';

/** Plain exposures of one filter, one after another. */
export interface Plan {
  readonly name: string;
  /** Name of the filter in the unit file. */
  readonly filter: string;
  /** Open shutter of one image, seconds. */
  readonly exposureSeconds: number;
  readonly images: number;
}

/** What one channel does in a sequence. Albums of different channels run at the same time. */
export interface Album {
  readonly name: string;
  /** Alias of the channel in the unit file. */
  readonly channel: string;
  /** Between two images the telescope moves about its target, so far at most; absent: not at all. */
  readonly ditherArcsec?: number;
  readonly plans: readonly Plan[];
}

/** A place of the sky, ICRS degrees (RA 0 to 360), and its proper motion if it has one. */
export interface Target extends FixedTarget {
  readonly name: string;
}

/** A way across the sky. */
export type TargetPath = BodyTarget | EphemerisTarget;

/** A target whose place depends on the moment it is looked at. */
export interface MovingTarget {
  readonly name: string;
  readonly path: TargetPath;
}

/** A place that depends on the moment: on the meridian, towards the south. */
export interface RelativeTarget {
  readonly name: string;
  readonly zenithDistanceDeg: number;
}

/** As soon as possible, or when the target is highest. */
export type StartMode = 'IMMEDIATE' | 'BESTELEV';

/** What a sequence asks of the sky; an absent limit is the unit's, or none. */
export interface SequenceLimits {
  readonly minAltDeg?: number;
  /** Least distance to the Moon while it is up. */
  readonly moonDistanceDeg?: number;
  readonly sunDistanceDeg?: number;
  /** The sky must be at least this dark, V magnitudes per square arcsecond. */
  readonly skyBrightness?: number;
  /** Worst seeing, full width at half maximum at the zenith. */
  readonly maxSeeingArcsec?: number;
}

/** Everything of a sequence but its target and its fate. Instants are UTC milliseconds. */
interface SequenceTerms {
  readonly name: string;
  /** The observation must lie inside this window. */
  readonly windowStartMs: number;
  readonly windowEndMs: number;
  /** Small = urgent: alerts 1 to 9, routine 10 and more. */
  readonly priority: number;
  readonly startMode: StartMode;
  /** The observer's wish for the middle of the observation. */
  readonly tPreferedMs: number | null;
  /** What it takes once the telescope is there: exposures, readouts and filter changes. */
  readonly durationSeconds: number;
  /** The least part of it that is worth doing; absent: all or nothing. */
  readonly minUsefulSeconds?: number;
  readonly limits?: SequenceLimits;
  readonly albums: readonly Album[];
}

/** One stretch of observation on one target: what is planned and executed as a whole. */
export interface Sequence extends SequenceTerms {
  /** One that moves: its place at the start of the window. */
  readonly target: Target;
  /** How the target moves; absent: it does not. */
  readonly path?: TargetPath;
  readonly status: SequenceStatus;
}

/** A sequence as asked for, its target perhaps without a place yet. */
export interface SequenceDraft extends SequenceTerms {
  readonly target: Target | RelativeTarget | MovingTarget;
}

/** What the terms of a request share, whoever makes it. */
interface RequestTerms {
  readonly name: string;
  /** Name of the scientific program that pays for it. */
  readonly program: string;
  /** The observer's word for the kind of target, e.g. `galaxy`, `test`. */
  readonly targetType: string;
  readonly isAlert: boolean;
  /** What becomes of the exposures that it interrupts; absent: they are discarded. */
  readonly interrupts?: 'discard' | 'readout';
}

/** What an observer, or an alert's strategy, asks for. */
export interface Request extends RequestTerms {
  readonly submittedAtMs: number;
  readonly sequences: readonly Sequence[];
}

/** A request before it is submitted: what a request file and an alert's strategy both produce. */
export interface RequestDraft extends RequestTerms {
  /** False while the observer still works on it. */
  readonly submitted: boolean;
  readonly sequences: readonly SequenceDraft[];
}

export const defaultPriority = 50;
