import type { FactPayloads, FactType, Work } from '#agent';
import type { Database } from '#db';
import type { Camera, Dome, Pointing, Telescope } from '#devices';
import { type Clock, codeOf, sentenceOf } from '#platform';
import type { StoredSequence } from '#request';
import type { Unit } from '#unit';

/** What an observation works with: the devices, the clock, and a way to tell what happens. */
export interface ObservingTools {
  readonly unit: Unit;
  readonly clock: Clock;
  readonly database: Database;
  readonly telescope: Telescope;
  readonly dome: Dome;
  readonly cameras: ReadonlyMap<string, Camera>;
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
  /** Where the telescope was last sent: a refinement moves it. */
  target(): Pointing;
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
