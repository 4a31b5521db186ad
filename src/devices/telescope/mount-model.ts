import { altAz, horizontalToIcrs, normalizeDeg, normalizeSignedDeg } from '#sky';
import type { MountSpec, Site } from '#unit';
import {
  type AxisLimits,
  type AxisMotion,
  type AxisState,
  axisAt,
  axisBrake,
  axisMotion,
} from './axis-motion.ts';
import type { Pointing, TelescopeMotion, TelescopeStatus } from './telescope.ts';

/** What a simulated mount is made of. */
export interface MountModel {
  readonly spec: MountSpec;
  readonly site: Site;
}

/** What the mount was last told to do. */
type Purpose =
  | { readonly kind: 'track'; readonly target: Pointing }
  | { readonly kind: 'park' }
  | { readonly kind: 'stop'; readonly atLimit: boolean };

interface Axes<Axis> {
  readonly alt: Axis;
  readonly az: Axis;
}

/** An alt-azimuth mount: both axes move from `startMs` on, then it does what it was told. */
export interface MountState {
  readonly purpose: Purpose;
  readonly startMs: number;
  readonly axes: Axes<AxisMotion>;
  /** When the motion and its settling are over, UTC ms. */
  readonly endMs: number;
}

export type MountOutcome =
  | { readonly ok: true; readonly state: MountState }
  | { readonly ok: false; readonly code: string; readonly sentence: string };

/** A mount that rests on its park position. */
export function parkedMount({ spec }: MountModel, nowMs: number): MountState {
  const axes = { alt: atRest(spec.park.altDeg), az: atRest(spec.park.azDeg) };
  return started({ purpose: { kind: 'park' }, axes: brake(axes, spec), nowMs });
}

/**
 * Starts a slew from wherever the mount is. Refused as `BAD_COORDINATES` or `BELOW_LIMIT` (there
 * now, or on arrival).
 */
export function gotoTarget(
  model: MountModel,
  state: MountState,
  order: { target: Pointing; nowMs: number },
): MountOutcome {
  const { target, nowMs } = order;
  if (!isDirection(target)) {
    const sentence = 'RA must be in [0, 360[ and Dec in [-90, 90] degrees.';
    return { ok: false, code: 'BAD_COORDINATES', sentence };
  }
  const slew = slewTo(model, state, order);
  const altitudes = [nowMs, slew.endMs].map((ms) => altAz(target, model.site, ms).altDeg);
  const lowest = Math.min(...altitudes);
  if (lowest >= model.spec.minAltDeg) return { ok: true, state: slew };
  const sentence = `Elevation ${lowest.toFixed(2)} is below the limit of ${model.spec.minAltDeg} degrees.`;
  return { ok: false, code: 'BELOW_LIMIT', sentence };
}

/** Brakes both axes; a parked mount stays parked. */
export function stopMount(model: MountModel, state: MountState, nowMs: number): MountState {
  const now = settled(model, state, nowMs);
  if (now.purpose.kind === 'park' && nowMs >= now.endMs) return now;
  if (now.purpose.kind === 'stop') return now;
  const axes = brake(axesAt(model, now, nowMs), model.spec);
  return started({ purpose: { kind: 'stop', atLimit: false }, axes, nowMs });
}

/** Starts the motion to the park position; nothing when it is there or on its way. */
export function parkMount(model: MountModel, state: MountState, nowMs: number): MountState {
  if (state.purpose.kind === 'park') return state;
  const axes = motionTo(model, state, { ...model.spec.park, nowMs });
  return started({ purpose: { kind: 'park' }, axes, nowMs });
}

/** What the mount reports at an instant. */
export function mountStatus(
  model: MountModel,
  given: MountState,
  nowMs: number,
): TelescopeStatus & { remainingSeconds: number } {
  const state = settled(model, given, nowMs);
  const { site } = model;
  const moving = nowMs < state.endMs;
  const { alt, az } = axesAt(model, state, nowMs);
  const direction = { altDeg: alt.deg, azDeg: normalizeDeg(az.deg) };
  const tracking = state.purpose.kind === 'track' && !moving ? state.purpose.target : undefined;
  const { raDeg, decDeg } = tracking ?? horizontalToIcrs(direction, site, nowMs);
  return {
    motion: motionOf(state, moving),
    raDeg,
    decDeg,
    ...direction,
    haDeg: altAz({ raDeg, decDeg }, site, nowMs).haDeg,
    stopSensor: state.purpose.kind === 'stop' && state.purpose.atLimit,
    flatPosition: false,
    remainingSeconds: Math.max(0, (state.endMs - nowMs) / 1000),
    atMs: nowMs,
  };
}

function motionOf({ purpose }: MountState, moving: boolean): TelescopeMotion {
  if (purpose.kind === 'park') return moving ? 'parking' : 'parked';
  if (moving) return 'slewing';
  return purpose.kind === 'track' ? 'tracking' : 'stopped';
}

/** The target moves while the mount slews: each round aims at where it will be on arrival. */
function slewTo(
  model: MountModel,
  state: MountState,
  { target, nowMs }: { target: Pointing; nowMs: number },
): MountState {
  const aimedAt = (ms: number): MountState => {
    const axes = motionTo(model, state, { ...altAz(target, model.site, ms), nowMs });
    const { settleSeconds } = model.spec;
    return started({ purpose: { kind: 'track', target }, axes, nowMs, settleSeconds });
  };
  let slew = aimedAt(nowMs);
  for (let round = 0; round < 3; round++) slew = aimedAt(slew.endMs);
  return slew;
}

function motionTo(
  model: MountModel,
  state: MountState,
  aim: { altDeg: number; azDeg: number; nowMs: number },
): Axes<AxisMotion> {
  const limits = limitsOf(model.spec);
  const { alt, az } = axesAt(model, settled(model, state, aim.nowMs), aim.nowMs);
  const nearestAz = az.deg + normalizeSignedDeg(aim.azDeg - az.deg);
  return {
    alt: axisMotion(alt, aim.altDeg, limits),
    az: axisMotion(az, nearestAz, limits),
  };
}

function brake({ alt, az }: Axes<AxisState>, spec: MountSpec): Axes<AxisMotion> {
  return { alt: axisBrake(alt, limitsOf(spec)), az: axisBrake(az, limitsOf(spec)) };
}

function started(motion: {
  purpose: Purpose;
  axes: Axes<AxisMotion>;
  nowMs: number;
  settleSeconds?: number;
}): MountState {
  const { purpose, axes, nowMs, settleSeconds = 0 } = motion;
  const seconds = Math.max(axes.alt.seconds, axes.az.seconds) + settleSeconds;
  return { purpose, startMs: nowMs, axes, endMs: nowMs + seconds * 1000 };
}

function axesAt({ site }: MountModel, state: MountState, nowMs: number): Axes<AxisState> {
  if (state.purpose.kind === 'track' && nowMs >= state.endMs) {
    const { altDeg, azDeg } = altAz(state.purpose.target, site, nowMs);
    return { alt: atRest(altDeg), az: atRest(azDeg) };
  }
  const seconds = (nowMs - state.startMs) / 1000;
  return { alt: axisAt(state.axes.alt, seconds), az: axisAt(state.axes.az, seconds) };
}

function atRest(deg: number): AxisState {
  return { deg, speed: 0 };
}

/** A mount that tracked down to its limit stopped there, at that moment, whether asked or not. */
function settled(model: MountModel, state: MountState, nowMs: number): MountState {
  const { purpose, endMs } = state;
  if (purpose.kind !== 'track' || nowMs <= endMs) return state;
  const altAt = (ms: number) => altAz(purpose.target, model.site, ms).altDeg;
  if (altAt(nowMs) >= model.spec.minAltDeg) return state;
  let [above, below] = [endMs, nowMs];
  while (below - above > 1) {
    const middle = (above + below) / 2;
    if (altAt(middle) >= model.spec.minAltDeg) above = middle;
    else below = middle;
  }
  const axes = brake(axesAt(model, state, above), model.spec);
  return started({ purpose: { kind: 'stop', atLimit: true }, axes, nowMs: above });
}

function limitsOf(spec: MountSpec): AxisLimits {
  return { speed: spec.slewDegPerSecond, acceleration: spec.slewAccelDegPerSecond2 };
}

function isDirection({ raDeg, decDeg }: Pointing): boolean {
  return raDeg >= 0 && raDeg < 360 && decDeg >= -90 && decDeg <= 90;
}
