import { normalizeDeg, normalizeSignedDeg } from '#sky';
import type { DomeSpec } from '#unit';
import type { DomeStatus, ShutterState } from './dome.ts';

/** A dome: its shutter and its slit move from `startMs` on towards where they were told to go. */
export interface DomeState {
  readonly shutter: {
    readonly target: 'open' | 'closed';
    /** Where it was at `startMs`: 0 closed, 1 open. */
    readonly from: number;
    readonly startMs: number;
  };
  readonly slit: { readonly fromDeg: number; readonly toDeg: number; readonly startMs: number };
  /** Until when the shutter may be open, UTC ms. */
  readonly permitUntilMs: number;
}

export type DomeOutcome =
  | { readonly ok: true; readonly state: DomeState }
  | { readonly ok: false; readonly code: string; readonly sentence: string };

/** A closed dome without a permit, slit to the north. */
export function closedDome(nowMs: number): DomeState {
  return {
    shutter: { target: 'closed', from: 0, startMs: nowMs },
    slit: { fromDeg: 0, toDeg: 0, startMs: nowMs },
    permitUntilMs: nowMs,
  };
}

/** Starts opening from wherever the shutter is; refused as `NO_PERMIT` without a permit. */
export function openShutter(spec: DomeSpec, given: DomeState, nowMs: number): DomeOutcome {
  const state = deadManApplied(spec, given, nowMs);
  if (state.permitUntilMs > nowMs)
    return { ok: true, state: moved(spec, state, { target: 'open', atMs: nowMs }) };
  const sentence = 'The shutter opens only under a permit, and none is valid now.';
  return { ok: false, code: 'NO_PERMIT', sentence };
}

/** Starts closing from wherever the shutter is. */
export function closeShutter(spec: DomeSpec, given: DomeState, nowMs: number): DomeState {
  return moved(spec, deadManApplied(spec, given, nowMs), { target: 'closed', atMs: nowMs });
}

/**
 * Allows the shutter to be open for some seconds from now, 0 to take the permit back; refused as
 * `BAD_PERMIT` outside [0, longestSeconds].
 */
export function permitOpening(
  spec: DomeSpec,
  given: DomeState,
  order: { seconds: number; longestSeconds: number; nowMs: number },
): DomeOutcome {
  const { seconds, longestSeconds, nowMs } = order;
  if (!(seconds >= 0 && seconds <= longestSeconds)) {
    const sentence = `A permit lasts between 0 and ${longestSeconds} seconds.`;
    return { ok: false, code: 'BAD_PERMIT', sentence };
  }
  const permitted = {
    ...deadManApplied(spec, given, nowMs),
    permitUntilMs: nowMs + seconds * 1000,
  };
  return { ok: true, state: deadManApplied(spec, permitted, nowMs) };
}

/** Starts turning the slit the short way; refused as `BAD_AZIMUTH` outside [0, 360[. */
export function turnSlit(
  spec: DomeSpec,
  state: DomeState,
  order: { azimuthDeg: number; nowMs: number },
): DomeOutcome {
  const { azimuthDeg, nowMs } = order;
  if (!(azimuthDeg >= 0 && azimuthDeg < 360)) {
    return { ok: false, code: 'BAD_AZIMUTH', sentence: 'An azimuth lies in [0, 360[ degrees.' };
  }
  const fromDeg = slitAt(spec, state, nowMs);
  const toDeg = fromDeg + normalizeSignedDeg(azimuthDeg - fromDeg);
  return { ok: true, state: { ...state, slit: { fromDeg, toDeg, startMs: nowMs } } };
}

/**
 * The dead-man: once the permit has run out, a shutter that is not closing has been closing since
 * that instant, whoever looked or not.
 */
export function deadManApplied(spec: DomeSpec, state: DomeState, nowMs: number): DomeState {
  const { permitUntilMs, shutter } = state;
  if (permitUntilMs > nowMs || shutter.target === 'closed') return state;
  return moved(spec, state, { target: 'closed', atMs: permitUntilMs });
}

/** What the dome reports at an instant. */
export function domeStatus(spec: DomeSpec, given: DomeState, nowMs: number): DomeStatus {
  const state = deadManApplied(spec, given, nowMs);
  const slitDeg = slitAt(spec, state, nowMs);
  return {
    shutter: shutterState(state.shutter.target, shutterAt(spec, state, nowMs)),
    azimuthDeg: normalizeDeg(slitDeg),
    rotating: slitDeg !== state.slit.toDeg,
    permitSeconds: Math.max(0, (state.permitUntilMs - nowMs) / 1000),
    atMs: nowMs,
  };
}

function moved(
  spec: DomeSpec,
  state: DomeState,
  { target, atMs }: { target: 'open' | 'closed'; atMs: number },
): DomeState {
  if (state.shutter.target === target) return state;
  const from = shutterAt(spec, state, atMs);
  return { ...state, shutter: { target, from, startMs: atMs } };
}

/** The limit switches tell `open` and `closed`; in between it is the direction that counts. */
function shutterState(target: 'open' | 'closed', position: number): ShutterState {
  if (position <= 0 && target === 'closed') return 'closed';
  if (position >= 1 && target === 'open') return 'open';
  return target === 'open' ? 'opening' : 'closing';
}

function shutterAt(spec: DomeSpec, { shutter }: DomeState, nowMs: number): number {
  const seconds = (nowMs - shutter.startMs) / 1000;
  if (shutter.target === 'open') return Math.min(1, shutter.from + seconds / spec.openSeconds);
  return Math.max(0, shutter.from - seconds / spec.closeSeconds);
}

function slitAt(spec: DomeSpec, { slit }: DomeState, nowMs: number): number {
  const way = slit.toDeg - slit.fromDeg;
  const turned = ((nowMs - slit.startMs) / 1000) * spec.turnDegPerSecond;
  return turned >= Math.abs(way) ? slit.toDeg : slit.fromDeg + Math.sign(way) * turned;
}
