import { normalizeDeg, normalizeSignedDeg } from '#sky';
import type { DomeSpec } from '#unit';
import type { FaultView } from '../faults/fault-set.ts';
import type { DomeStatus, ShutterState } from './dome.ts';

/** What a simulated dome is made of, and what is wrong with it. */
export interface DomeModel {
  readonly spec: DomeSpec;
  readonly faults: FaultView;
}

/** A dome: its shutter and its slit move from `startMs` on towards where they were told to go. */
export interface DomeState {
  readonly shutter: {
    readonly target: 'open' | 'closed';
    /** Where it was at `startMs`: 0 closed, 1 open. */
    readonly from: number;
    readonly startMs: number;
    /** When a fault stops it on its way, UTC ms; Infinity for none. */
    readonly haltMs: number;
  };
  readonly slit: {
    readonly fromDeg: number;
    readonly toDeg: number;
    readonly startMs: number;
    readonly haltMs: number;
    readonly homing: boolean;
  };
  /** Until when the shutter may be open, UTC ms. */
  readonly permitUntilMs: number;
  /** A loss of power: from when to when, UTC ms. */
  readonly powerCut?: {
    readonly fromMs: number;
    readonly untilMs: number;
    /** It has struck: all stands still since. */
    readonly isDark: boolean;
  };
}

export type DomeOutcome =
  | { readonly ok: true; readonly state: DomeState }
  | { readonly ok: false; readonly code: string; readonly sentence: string };

/** Azimuth of the slit's reference mark, degrees. */
const HOME_DEG = 0;
const NEVER = Number.POSITIVE_INFINITY;

/** A closed dome without a permit, slit at its reference mark. */
export function closedDome(nowMs: number): DomeState {
  const still = { startMs: nowMs, haltMs: NEVER };
  return {
    shutter: { target: 'closed', from: 0, ...still },
    slit: { fromDeg: HOME_DEG, toDeg: HOME_DEG, ...still, homing: false },
    permitUntilMs: nowMs,
  };
}

/** Starts opening from wherever the shutter is; refused as `NO_PERMIT` without a permit. */
export function openShutter(model: DomeModel, given: DomeState, nowMs: number): DomeOutcome {
  const state = domeAt(model, given, nowMs);
  if (model.faults.has('refuses-open')) {
    return { ok: false, code: 'REFUSED', sentence: 'The shutter does not open now.' };
  }
  if (state.permitUntilMs > nowMs)
    return { ok: true, state: moved(model, state, { target: 'open', atMs: nowMs }) };
  const sentence = 'The shutter opens only under a permit, and none is valid now.';
  return { ok: false, code: 'NO_PERMIT', sentence };
}

/** Starts closing from wherever the shutter is. */
export function closeShutter(model: DomeModel, given: DomeState, nowMs: number): DomeState {
  return moved(model, domeAt(model, given, nowMs), { target: 'closed', atMs: nowMs });
}

/**
 * Allows the shutter to be open for some seconds from now, 0 to take the permit back; refused as
 * `BAD_PERMIT` outside [0, longestSeconds].
 */
export function permitOpening(
  model: DomeModel,
  given: DomeState,
  order: { seconds: number; longestSeconds: number; nowMs: number },
): DomeOutcome {
  const { seconds, longestSeconds, nowMs } = order;
  if (!(seconds >= 0 && seconds <= longestSeconds)) {
    const sentence = `A permit lasts between 0 and ${longestSeconds} seconds.`;
    return { ok: false, code: 'BAD_PERMIT', sentence };
  }
  const permitted = { ...domeAt(model, given, nowMs), permitUntilMs: nowMs + seconds * 1000 };
  return { ok: true, state: domeAt(model, permitted, nowMs) };
}

/** Starts turning the slit the short way; refused as `BAD_AZIMUTH` outside [0, 360[. */
export function turnSlit(
  model: DomeModel,
  given: DomeState,
  order: { azimuthDeg: number; nowMs: number },
): DomeOutcome {
  const { azimuthDeg, nowMs } = order;
  if (!(azimuthDeg >= 0 && azimuthDeg < 360)) {
    return { ok: false, code: 'BAD_AZIMUTH', sentence: 'An azimuth lies in [0, 360[ degrees.' };
  }
  return { ok: true, state: turned(model, given, { azimuthDeg, nowMs, homing: false }) };
}

/** Starts turning the slit to its reference mark. */
export function homeSlit(model: DomeModel, given: DomeState, nowMs: number): DomeState {
  return turned(model, given, { azimuthDeg: HOME_DEG, nowMs, homing: true });
}

/**
 * What became of the dome by itself until that instant. The dead-man: once the permit has run out, a
 * shutter that is not closing has been closing since, whoever looked or not. A loss of power: all
 * stands still from then on, and the permit is forgotten.
 */
export function domeAt(model: DomeModel, given: DomeState, nowMs: number): DomeState {
  const state = darkened(model, given, nowMs);
  const { permitUntilMs, shutter } = state;
  if (permitUntilMs > nowMs || shutter.target === 'closed') return state;
  return darkened(model, moved(model, state, { target: 'closed', atMs: permitUntilMs }), nowMs);
}

/** Without power the dome says nothing. */
export function isPowered({ powerCut }: DomeState, nowMs: number): boolean {
  return !powerCut || nowMs < powerCut.fromMs || nowMs >= powerCut.untilMs;
}

/** What a fault does to a dome at the moment when it strikes or goes. */
export function domeStruck(
  model: DomeModel,
  given: DomeState,
  blow: { name: string; change: 'set' | 'cleared'; nowMs: number },
): DomeState {
  const { name, change, nowMs } = blow;
  const state = domeAt(model, given, nowMs);
  if (name === 'slit-stalls') {
    if (change === 'set') return { ...state, slit: { ...state.slit, haltMs: nowMs } };
    const { homing } = state.slit;
    return turned(model, state, { azimuthDeg: normalizeDeg(state.slit.toDeg), nowMs, homing });
  }
  const isMoving = shutterMoves(model, state, nowMs);
  if (change === 'cleared' || !isMoving) return state;
  const from = shutterAt(model, state, nowMs);
  const shutter = { target: state.shutter.target, from, startMs: nowMs, haltMs: NEVER };
  if (name === 'brown-out') return powerLost(model, { ...state, shutter }, nowMs);
  return name === 'stops-half-way' ? faulty(model, { ...state, shutter }) : state;
}

/** What the dome reports at an instant. */
export function domeStatus(model: DomeModel, given: DomeState, nowMs: number): DomeStatus {
  const state = domeAt(model, given, nowMs);
  const slitDeg = slitAt(model, state, nowMs);
  const rotating = slitDeg !== state.slit.toDeg;
  return {
    shutter: reportedShutter(model, trueShutter(model, state, nowMs)),
    azimuthDeg: normalizeDeg(slitDeg),
    rotating,
    homing: rotating && state.slit.homing,
    permitSeconds: Math.max(0, (state.permitUntilMs - nowMs) / 1000),
    atMs: nowMs,
  };
}

/** How it really is, whatever the dome says. */
export interface DomeTruth {
  /** 0 closed, 1 open. */
  readonly openFraction: number;
  readonly azimuthDeg: number;
}

/** How the dome really is at an instant. */
export function domeTruth(model: DomeModel, given: DomeState, nowMs: number): DomeTruth {
  const state = domeAt(model, given, nowMs);
  return {
    openFraction: shutterAt(model, state, nowMs),
    azimuthDeg: normalizeDeg(slitAt(model, state, nowMs)),
  };
}

function moved(
  model: DomeModel,
  state: DomeState,
  { target, atMs }: { target: 'open' | 'closed'; atMs: number },
): DomeState {
  const isHalted = atMs >= state.shutter.haltMs;
  if (state.shutter.target === target && !isHalted) return state;
  const from = shutterAt(model, state, atMs);
  return faulty(model, { ...state, shutter: { target, from, startMs: atMs, haltMs: NEVER } });
}

/** A motion that has just begun, with what the faults do to it. */
function faulty(model: DomeModel, state: DomeState): DomeState {
  const { faults, spec } = model;
  const { target, from, startMs } = state.shutter;
  const halted = (haltMs: number) => ({ ...state, shutter: { ...state.shutter, haltMs } });
  const isOff = faults.has('frees-when-home') && !isHome(model, state, startMs);
  if (isOff || faults.has('deaf-shutter')) return halted(startMs);
  if (faults.has('brown-out') && !state.powerCut) {
    const seconds = target === 'open' ? (1 - from) * spec.openSeconds : from * spec.closeSeconds;
    return powerLost(model, state, startMs + seconds * 500);
  }
  if (!faults.has('stops-half-way') || target !== 'closed' || from <= 0.5) return state;
  return halted(startMs + (from - 0.5) * spec.closeSeconds * 1000);
}

function powerLost({ faults }: DomeModel, state: DomeState, fromMs: number): DomeState {
  const powerCut = { fromMs, untilMs: fromMs + faults.amount('brown-out') * 1000 };
  return {
    ...state,
    shutter: { ...state.shutter, haltMs: fromMs },
    powerCut: { ...powerCut, isDark: false },
  };
}

function darkened(model: DomeModel, state: DomeState, nowMs: number): DomeState {
  const { powerCut } = state;
  if (!powerCut || nowMs < powerCut.fromMs) return state;
  if (powerCut.isDark) return nowMs >= powerCut.untilMs ? repowered(state) : state;
  const { fromMs } = powerCut;
  const from = shutterAt(model, state, fromMs);
  const slitDeg = slitAt(model, state, fromMs);
  const still = { startMs: fromMs, haltMs: fromMs };
  const dark: DomeState = {
    ...state,
    shutter: { target: 'closed', from, ...still },
    slit: { fromDeg: slitDeg, toDeg: slitDeg, ...still, homing: false },
    permitUntilMs: fromMs,
    powerCut: { ...powerCut, isDark: true },
  };
  return nowMs >= powerCut.untilMs ? repowered(dark) : dark;
}

function repowered({ powerCut: _gone, ...state }: DomeState): DomeState {
  return state;
}

function turned(
  model: DomeModel,
  given: DomeState,
  order: { azimuthDeg: number; nowMs: number; homing: boolean },
): DomeState {
  const { azimuthDeg, nowMs, homing } = order;
  const state = domeAt(model, given, nowMs);
  const fromDeg = slitAt(model, state, nowMs);
  const toDeg = fromDeg + normalizeSignedDeg(azimuthDeg - fromDeg);
  const haltMs = model.faults.has('slit-stalls') ? nowMs : NEVER;
  return { ...state, slit: { fromDeg, toDeg, startMs: nowMs, haltMs, homing } };
}

/** The limit switches tell `open` and `closed`; in between it is the motion that counts. */
function trueShutter(model: DomeModel, state: DomeState, nowMs: number): ShutterState {
  if (shutterMoves(model, state, nowMs)) {
    return state.shutter.target === 'open' ? 'opening' : 'closing';
  }
  const position = shutterAt(model, state, nowMs);
  if (position <= 0) return 'closed';
  return position >= 1 ? 'open' : 'intermediate';
}

function reportedShutter({ faults }: DomeModel, shutter: ShutterState): ShutterState {
  if (faults.has('both-switches')) return 'unknown';
  return faults.has('stuck-closed-switch') ? 'closed' : shutter;
}

function shutterMoves(model: DomeModel, state: DomeState, nowMs: number): boolean {
  if (nowMs >= state.shutter.haltMs) return false;
  const position = shutterAt(model, state, nowMs);
  return state.shutter.target === 'open' ? position < 1 : position > 0;
}

function shutterAt({ spec }: DomeModel, { shutter }: DomeState, nowMs: number): number {
  const seconds = (Math.min(nowMs, shutter.haltMs) - shutter.startMs) / 1000;
  if (shutter.target === 'open') return Math.min(1, shutter.from + seconds / spec.openSeconds);
  return Math.max(0, shutter.from - seconds / spec.closeSeconds);
}

function slitAt({ spec }: DomeModel, { slit }: DomeState, nowMs: number): number {
  const way = slit.toDeg - slit.fromDeg;
  const seconds = (Math.min(nowMs, slit.haltMs) - slit.startMs) / 1000;
  const done = seconds * spec.turnDegPerSecond;
  return done >= Math.abs(way) ? slit.toDeg : slit.fromDeg + Math.sign(way) * done;
}

function isHome(model: DomeModel, state: DomeState, atMs: number): boolean {
  const slitDeg = slitAt(model, state, atMs);
  return slitDeg === state.slit.toDeg && normalizeSignedDeg(slitDeg - HOME_DEG) === 0;
}
