import type { Channel, Filter } from '#unit';
import type { FaultView } from '../faults/fault-set.ts';
import type { CameraActivity, CameraStatus, Exposure } from './camera.ts';
import { type CoolerState, cooledTo, temperatureAt } from './cooler.ts';

/** Longest exposure that the simulated camera takes, seconds. */
const LONGEST_EXPOSURE_SECONDS = 3600;

/** What a simulated camera is made of, and what is wrong with it. */
export interface CameraModel {
  readonly spec: Channel;
  readonly faults: FaultView;
}

/** An exposure that the camera began, and its filter. */
export interface TakenExposure extends Exposure {
  readonly filter: Filter;
  /** When the shutter opened, UTC ms. */
  readonly startMs: number;
  /** Of the detector when the shutter opened, Celsius. */
  readonly temperatureC: number;
  /** The image has been fetched once at least. */
  readonly fetched: boolean;
}

/** A camera and its filter wheel. */
export interface CameraState {
  readonly filter: Filter;
  /** When the wheel stops, UTC ms. */
  readonly wheelEndMs: number;
  /** The wheel looks for its reference mark, which is its first filter. */
  readonly wheelHoming: boolean;
  readonly cooler: CoolerState;
  readonly exposure: TakenExposure | undefined;
  /** Every exposure ever begun, by its asker's name. */
  readonly takenIds: ReadonlySet<string>;
}

export type CameraOutcome =
  | { readonly ok: true; readonly state: CameraState }
  | { readonly ok: false; readonly code: string; readonly sentence: string };

/** An idle camera, cooled, with its first filter in the beam. */
export function idleCamera({ spec }: CameraModel, nowMs: number): CameraState {
  return {
    filter: firstFilter(spec),
    wheelEndMs: nowMs,
    wheelHoming: false,
    cooler: cooledTo(spec.detector.temperatureC, nowMs),
    exposure: undefined,
    takenIds: new Set(),
  };
}

/** Starts the wheel, unless that filter is there; refused as `BUSY` or `UNKNOWN_FILTER`. */
export function turnWheel(
  model: CameraModel,
  state: CameraState,
  order: { name: string; nowMs: number },
): CameraOutcome {
  const { spec, faults } = model;
  const filter = spec.filters.find(({ name }) => name === order.name);
  if (!filter) {
    const names = spec.filters.map(({ name }) => name).join(', ');
    return refused('UNKNOWN_FILTER', `The wheel holds ${names}.`);
  }
  if (isBusy(model, state, order.nowMs)) return refused('BUSY', 'An exposure is in progress.');
  const now = afterExposure(model, state, order.nowMs);
  if (filter === now.filter) return { ok: true, state: now };
  const wheelEndMs = order.nowMs + spec.wheelSeconds * 1000;
  const arrived = faults.has('wheel-stuck') ? now.filter : filter;
  return { ok: true, state: { ...now, filter: arrived, wheelEndMs, wheelHoming: false } };
}

/**
 * Opens the shutter; the image kept until now is dropped. An exposure that was ever begun under
 * this name is not begun again. Refused as `BAD_EXPOSURE` or `BUSY`.
 */
export function startExposure(
  model: CameraModel,
  given: CameraState,
  order: { exposure: Exposure; nowMs: number },
): CameraOutcome {
  const { exposure, nowMs } = order;
  if (given.takenIds.has(exposure.exposureId)) return { ok: true, state: given };
  if (!(exposure.seconds >= 0 && exposure.seconds <= LONGEST_EXPOSURE_SECONDS)) {
    const sentence = `An exposure lasts between 0 and ${LONGEST_EXPOSURE_SECONDS} seconds.`;
    return refused('BAD_EXPOSURE', sentence);
  }
  if (isBusy(model, given, nowMs)) return refused('BUSY', 'Another exposure is in progress.');
  const state = afterExposure(model, given, nowMs);
  if (state.wheelEndMs > nowMs) return refused('BUSY', 'The filter wheel is moving.');
  const measured = { filter: state.filter, temperatureC: detectorC(model, state, nowMs) };
  const taken = { ...exposure, ...measured, startMs: nowMs, fetched: false };
  const takenIds = new Set(state.takenIds).add(exposure.exposureId);
  return { ok: true, state: { ...state, exposure: taken, takenIds } };
}

/** Shuts the shutter of a running exposure: its image is what there is until now. */
export function stopExposure(model: CameraModel, state: CameraState, nowMs: number): CameraState {
  const { exposure } = state;
  const runs = exposure && activityAt(model, state, nowMs) === 'exposing';
  if (!runs || model.faults.has('hangs')) return state;
  return { ...state, exposure: { ...exposure, seconds: (nowMs - exposure.startMs) / 1000 } };
}

/** Drops the exposure in progress; an ended one is kept. */
export function abortExposure(model: CameraModel, state: CameraState, nowMs: number): CameraState {
  if (model.faults.has('hangs') || !isBusy(model, state, nowMs)) return state;
  return { ...state, exposure: undefined };
}

/** Starts over: drops every image and brings the wheel to its reference mark; the cooler goes on. */
export function resetCamera({ spec }: CameraModel, state: CameraState, nowMs: number): CameraState {
  const wheelEndMs = nowMs + spec.wheelSeconds * 1000;
  return {
    ...state,
    exposure: undefined,
    filter: firstFilter(spec),
    wheelEndMs,
    wheelHoming: true,
  };
}

/** Cools the detector, or with null lets it warm up. */
export function coolDetector(
  model: CameraModel,
  state: CameraState,
  order: { setpointC: number | null; nowMs: number },
): CameraState {
  const { setpointC, nowMs } = order;
  const fromC = detectorC(model, state, nowMs);
  return { ...state, cooler: { setpointC, fromC, startMs: nowMs } };
}

/** Gives an ended exposure to be read; refused as `EXPOSURE_UNKNOWN` or `NOT_READY`. */
export function fetchExposure(
  model: CameraModel,
  state: CameraState,
  order: { exposureId: string; nowMs: number },
): CameraOutcome {
  const { exposure } = state;
  const { exposureId, nowMs } = order;
  const activity = activityAt(model, state, nowMs);
  const isForgotten = model.faults.has('forgets') && activity === 'idle';
  if (exposure?.exposureId !== exposureId || isForgotten) {
    return refused('EXPOSURE_UNKNOWN', 'No image of that exposure is kept here.');
  }
  if (isBusy(model, state, nowMs)) {
    return refused('NOT_READY', 'That exposure has not ended yet.');
  }
  return { ok: true, state: { ...state, exposure: { ...exposure, fetched: true } } };
}

/** What the camera reports at an instant. */
export function cameraStatus(model: CameraModel, given: CameraState, nowMs: number): CameraStatus {
  const state = afterExposure(model, given, nowMs);
  const wheelMoving = state.wheelEndMs > nowMs;
  const activity = activityAt(model, state, nowMs);
  return {
    activity,
    exposureId: activity === 'idle' ? null : (state.exposure?.exposureId ?? null),
    filter: wheelMoving ? null : state.filter.name,
    wheelMoving,
    wheelHoming: wheelMoving && state.wheelHoming,
    initialised: true,
    temperatureC: Number(detectorC(model, state, nowMs).toFixed(3)),
    setpointC: model.faults.has('cooler-off') ? null : state.cooler.setpointC,
    remainingSeconds: remainingSeconds(state, nowMs),
    atMs: nowMs,
  };
}

/** Temperature of the detector at an instant, Celsius. */
export function detectorC(
  { spec, faults }: CameraModel,
  state: CameraState,
  nowMs: number,
): number {
  const degPerMinute = spec.detector.coolDegPerMinute;
  return temperatureAt(state.cooler, { degPerMinute, faults, nowMs });
}

/** What became of the camera until now: from here on its detector cools as its faults then say. */
export function cameraAt(model: CameraModel, state: CameraState, nowMs: number): CameraState {
  const { setpointC } = state.cooler;
  return coolDetector(model, afterExposure(model, state, nowMs), { setpointC, nowMs });
}

/** A wheel that moves by itself has turned from the middle of the exposure on. */
function afterExposure(
  { spec, faults }: CameraModel,
  state: CameraState,
  nowMs: number,
): CameraState {
  const { exposure, filter } = state;
  if (!faults.has('wheel-moves') || !exposure || filter !== exposure.filter) return state;
  const turnMs = exposure.startMs + exposure.seconds * 500;
  if (nowMs < turnMs) return state;
  const next = spec.filters[(spec.filters.indexOf(filter) + 1) % spec.filters.length];
  return { ...state, filter: next ?? filter, wheelEndMs: turnMs + spec.wheelSeconds * 1000 };
}

function activityAt(
  { spec, faults }: CameraModel,
  { exposure }: CameraState,
  nowMs: number,
): CameraActivity {
  if (!exposure) return 'idle';
  const shutMs = exposure.startMs + exposure.seconds * 1000;
  if (nowMs < shutMs || faults.has('hangs')) return 'exposing';
  const readoutSeconds = spec.detector.readoutSeconds * (faults.amount('slow-readout') || 1);
  if (nowMs < shutMs + readoutSeconds * 1000) return 'reading';
  return exposure.fetched || faults.has('forgets') ? 'idle' : 'ready';
}

function isBusy(model: CameraModel, state: CameraState, nowMs: number): boolean {
  const activity = activityAt(model, state, nowMs);
  return activity === 'exposing' || activity === 'reading';
}

function remainingSeconds({ exposure }: CameraState, nowMs: number): number {
  if (!exposure) return 0;
  return Math.max(0, exposure.seconds - (nowMs - exposure.startMs) / 1000);
}

function firstFilter({ filters: [first] }: Channel): Filter {
  if (!first) throw new RangeError('a camera needs one filter at least');
  return first;
}

function refused(code: string, sentence: string): CameraOutcome {
  return { ok: false, code, sentence };
}
