import type { Channel, Filter } from '#unit';
import type { CameraActivity, CameraStatus, Exposure } from './camera.ts';

/** Longest exposure that the simulated camera takes, seconds. */
const LONGEST_EXPOSURE_SECONDS = 3600;

/** An exposure that the camera began, and its filter. */
export interface TakenExposure extends Exposure {
  readonly filter: Filter;
  /** When the shutter opened, UTC ms. */
  readonly startMs: number;
  /** The image has been fetched once at least. */
  readonly fetched: boolean;
}

/** A camera and its filter wheel. */
export interface CameraState {
  readonly filter: Filter;
  /** When the wheel stops, UTC ms. */
  readonly wheelEndMs: number;
  readonly exposure: TakenExposure | undefined;
  /** Every exposure ever begun, by its asker's name. */
  readonly takenIds: ReadonlySet<string>;
}

export type CameraOutcome =
  | { readonly ok: true; readonly state: CameraState }
  | { readonly ok: false; readonly code: string; readonly sentence: string };

/** An idle camera with its first filter in the beam. */
export function idleCamera(filter: Filter, nowMs: number): CameraState {
  return { filter, wheelEndMs: nowMs, exposure: undefined, takenIds: new Set() };
}

/** Starts the wheel, unless that filter is there; refused as `BUSY` or `UNKNOWN_FILTER`. */
export function turnWheel(
  spec: Channel,
  state: CameraState,
  order: { name: string; nowMs: number },
): CameraOutcome {
  const filter = spec.filters.find(({ name }) => name === order.name);
  if (!filter) {
    const names = spec.filters.map(({ name }) => name).join(', ');
    return refused('UNKNOWN_FILTER', `The wheel holds ${names}.`);
  }
  if (isBusy(spec, state, order.nowMs)) return refused('BUSY', 'An exposure is in progress.');
  if (filter === state.filter) return { ok: true, state };
  const wheelEndMs = order.nowMs + spec.wheelSeconds * 1000;
  return { ok: true, state: { ...state, filter, wheelEndMs } };
}

/**
 * Opens the shutter; the image kept until now is dropped. An exposure that was ever begun under
 * this name is not begun again. Refused as `BAD_EXPOSURE` or `BUSY`.
 */
export function startExposure(
  spec: Channel,
  state: CameraState,
  order: { exposure: Exposure; nowMs: number },
): CameraOutcome {
  const { exposure, nowMs } = order;
  if (state.takenIds.has(exposure.exposureId)) return { ok: true, state };
  if (!(exposure.seconds >= 0 && exposure.seconds <= LONGEST_EXPOSURE_SECONDS)) {
    const sentence = `An exposure lasts between 0 and ${LONGEST_EXPOSURE_SECONDS} seconds.`;
    return refused('BAD_EXPOSURE', sentence);
  }
  if (isBusy(spec, state, nowMs)) return refused('BUSY', 'Another exposure is in progress.');
  if (state.wheelEndMs > nowMs) return refused('BUSY', 'The filter wheel is moving.');
  const taken = { ...exposure, filter: state.filter, startMs: nowMs, fetched: false };
  const takenIds = new Set(state.takenIds).add(exposure.exposureId);
  return { ok: true, state: { ...state, exposure: taken, takenIds } };
}

/** Drops the exposure in progress; an ended one is kept. */
export function abortExposure(spec: Channel, state: CameraState, nowMs: number): CameraState {
  return isBusy(spec, state, nowMs) ? { ...state, exposure: undefined } : state;
}

/** Gives an ended exposure to be read; refused as `EXPOSURE_UNKNOWN` or `NOT_READY`. */
export function fetchExposure(
  spec: Channel,
  state: CameraState,
  order: { exposureId: string; nowMs: number },
): CameraOutcome {
  const { exposure } = state;
  if (exposure?.exposureId !== order.exposureId) {
    return refused('EXPOSURE_UNKNOWN', 'No image of that exposure is kept here.');
  }
  if (isBusy(spec, state, order.nowMs)) {
    return refused('NOT_READY', 'That exposure has not ended yet.');
  }
  return { ok: true, state: { ...state, exposure: { ...exposure, fetched: true } } };
}

/** What the camera reports at an instant. */
export function cameraStatus(spec: Channel, state: CameraState, nowMs: number): CameraStatus {
  const wheelMoving = state.wheelEndMs > nowMs;
  const activity = activityAt(spec, state, nowMs);
  return {
    activity,
    exposureId: activity === 'idle' ? null : (state.exposure?.exposureId ?? null),
    filter: wheelMoving ? null : state.filter.name,
    wheelMoving,
    initialised: true,
    temperatureC: spec.detector.temperatureC,
    remainingSeconds: remainingSeconds(state, nowMs),
    atMs: nowMs,
  };
}

function activityAt(spec: Channel, { exposure }: CameraState, nowMs: number): CameraActivity {
  if (!exposure) return 'idle';
  const shutMs = exposure.startMs + exposure.seconds * 1000;
  if (nowMs < shutMs) return 'exposing';
  if (nowMs < shutMs + spec.detector.readoutSeconds * 1000) return 'reading';
  return exposure.fetched ? 'idle' : 'ready';
}

function isBusy(spec: Channel, state: CameraState, nowMs: number): boolean {
  const activity = activityAt(spec, state, nowMs);
  return activity === 'exposing' || activity === 'reading';
}

function remainingSeconds({ exposure }: CameraState, nowMs: number): number {
  if (!exposure) return 0;
  return Math.max(0, exposure.seconds - (nowMs - exposure.startMs) / 1000);
}

function refused(code: string, sentence: string): CameraOutcome {
  return { ok: false, code, sentence };
}
