import type { FactPayloads, FactType, Work } from '#agent';
import type { Database } from '#db';
import type { Camera, Dome, Focuser, Pointing, Telescope } from '#devices';
import { type Clock, codeOf, sentenceOf } from '#platform';
import type { StoredSequence } from '#request';
import type { Unit } from '#unit';
import type { PredictedLimit } from './frames/frame-check.ts';
import type { KeptFrames } from './frames/kept-frames.ts';
import type { SafetyEar } from './frames/safety-ear.ts';
import type { Aim } from './pointing/aim.ts';

/** What an observation works with: the devices, the clock, and a way to tell what happens. */
export interface ObservingTools {
  readonly unit: Unit;
  readonly clock: Clock;
  readonly database: Database;
  readonly telescope: Telescope;
  readonly dome: Dome;
  readonly cameras: ReadonlyMap<string, Camera>;
  /** By channel; those without one are not there. */
  readonly focusers: ReadonlyMap<string, Focuser>;
  readonly safety: Pick<SafetyEar, 'listen'>;
  /** When the weather will reach a limit if it goes on like this; null: no limit is in sight. */
  readonly predictedLimit: () => Promise<PredictedLimit | null>;
  readonly keptFrames: KeptFrames;
  /** Where images go: the folder, and the version of the software for their headers. */
  readonly dataFolder: string;
  readonly version: string;
  /** Does something whole or not at all, in the observer's name. */
  readonly transact: <T>(work: (work: Work) => Promise<T>) => Promise<T>;
  /** The observer itself is being stopped: what runs is left for its next life. */
  readonly isStopping: () => boolean;
}

/** One sequence being observed. */
export interface Observation {
  readonly sequence: StoredSequence;
  readonly night: string;
  /** What it is to look at: a refinement moves it, and the telescope follows between exposures. */
  target(): Pointing;
  /** The target to which it was last slewed. */
  sent(): Pointing;
  /** What the mount is told so that the telescope looks there: centring and dithers. */
  readonly aim: Aim;
  /** An exposure that would end after this is not begun, UTC ms. */
  readonly untilMs: number;
  readonly signal: AbortSignal;
}

/** Tells one fact by itself. */
export async function tell<T extends FactType>(
  tools: ObservingTools,
  type: T,
  payload: FactPayloads[T],
): Promise<void> {
  await tools.transact((work) => work.fact(type, payload));
}

/** Tells that a device of the observer does not do its work. */
export async function tellDeviceFailure(
  tools: ObservingTools,
  device: string,
  error: unknown,
): Promise<void> {
  await tell(tools, 'DeviceFailed', { device, code: codeOf(error), reason: sentenceOf(error) });
}
