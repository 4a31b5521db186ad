import { altAz, horizontalToIcrs, normalizeDeg, normalizeSignedDeg } from '#sky';
import type { MountSpec, Site } from '#unit';
import type { FaultView } from '../faults/fault-set.ts';
import {
  type AxisLimits,
  type AxisMotion,
  type AxisState,
  axisAt,
  axisBrake,
  axisMotion,
} from './axis-motion.ts';
import type { Pointing, TelescopeMotion, TelescopeStatus } from './telescope.ts';

/** What a simulated mount is made of, and what is wrong with it. */
export interface MountModel {
  readonly spec: MountSpec;
  readonly site: Site;
  readonly faults: FaultView;
}

/** What the mount was last told to do. */
type Purpose =
  | { readonly kind: 'track'; readonly target: Pointing }
  | { readonly kind: 'park' }
  | { readonly kind: 'home' }
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
  /** It does not know where it is, until a homing has ended. */
  readonly isLost: boolean;
  /** Since when its axes do not move whatever they are told, UTC ms. */
  readonly stalledMs: number | null;
  /** Since when it drifts off what it tracks, UTC ms. */
  readonly driftMs: number | null;
}

export type MountOutcome =
  | { readonly ok: true; readonly state: MountState }
  | { readonly ok: false; readonly code: string; readonly sentence: string };

/** Where the telescope really looks: the status that a mount without faults would give. */
export interface MountTruth extends TelescopeStatus {
  /** Its axes follow the sky. */
  readonly tracks: 0 | 1;
}

/** How far off in azimuth a mount is that has lost its position, degrees. */
const LOST_DEG = 10;

/** A mount that rests on its park position. */
export function parkedMount({ spec }: MountModel, nowMs: number): MountState {
  const axes = { alt: axisAtRest(spec.park.altDeg), az: axisAtRest(spec.park.azDeg) };
  return {
    purpose: { kind: 'park' },
    axes,
    startMs: nowMs,
    endMs: nowMs,
    isLost: false,
    stalledMs: null,
    driftMs: null,
  };
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
  return halted(model, now, { purpose: { kind: 'stop', atLimit: false }, nowMs });
}

/** Starts the motion to the park position; nothing when it is there or on its way. */
export function parkMount(model: MountModel, state: MountState, nowMs: number): MountState {
  if (state.purpose.kind === 'park') return state;
  const purpose = { kind: 'park' } as const;
  if (model.faults.has('lies-about-park')) return halted(model, state, { purpose, nowMs });
  const axes = motionTo(model, state, { ...model.spec.park, nowMs });
  return started(state, { purpose, axes, nowMs });
}

/** Starts looking for the reference marks, which are where it parks; it stops there. */
export function homeMount(model: MountModel, state: MountState, nowMs: number): MountState {
  const { park, settleSeconds } = model.spec;
  const axes = motionTo(model, state, { ...park, nowMs });
  return started(state, { purpose: { kind: 'home' }, axes, nowMs, settleSeconds });
}

/** What a fault does to a mount at the moment when it strikes or goes. */
export function mountStruck(
  model: MountModel,
  state: MountState,
  blow: { name: string; change: 'set' | 'cleared'; nowMs: number },
): MountState {
  const { name, change, nowMs } = blow;
  const isSet = change === 'set';
  const purpose = { kind: 'stop', atLimit: false } as const;
  if (name === 'drifts') return { ...state, driftMs: isSet ? nowMs : null };
  if (name === 'lost-position' && isSet) {
    return { ...halted(model, state, { purpose, nowMs }), isLost: true };
  }
  if (name !== 'stalls') return state;
  if (isSet) return { ...settled(model, state, nowMs), stalledMs: nowMs };
  return { ...halted(model, state, { purpose, nowMs }), stalledMs: null };
}

/** Whether the mount knows where it is. */
export function isHomed(state: MountState, nowMs: number): boolean {
  return !state.isLost || (state.purpose.kind === 'home' && !isMoving(state, nowMs));
}

/** What the mount would report at an instant if it knew how it really is. */
export function mountTruth(model: MountModel, given: MountState, nowMs: number): MountTruth {
  const status = mountStatus(model, given, nowMs);
  const isFollowing = status.motion === 'tracking' && given.stalledMs === null;
  const told = { ...status, tracks: isFollowing ? 1 : 0 } as const;
  const { faults, site } = model;
  if (!isHomed(given, nowMs)) {
    const direction = { altDeg: told.altDeg, azDeg: normalizeDeg(told.azDeg + LOST_DEG) };
    return { ...told, ...direction, ...horizontalToIcrs(direction, site, nowMs) };
  }
  const { driftMs, endMs } = given;
  const minutes = driftMs === null ? 0 : Math.max(0, nowMs - Math.max(driftMs, endMs)) / 60_000;
  const offArcsec = faults.amount('pointing-error') + minutes * faults.amount('drifts');
  if (offArcsec === 0) return told;
  const decDeg = told.decDeg - (Math.sign(told.decDeg) || 1) * (offArcsec / 3600);
  const { raDeg } = told;
  const { altDeg, azDeg } = altAz({ raDeg, decDeg }, site, nowMs);
  return { ...told, decDeg, altDeg, azDeg };
}

/** What the mount reports at an instant. */
export function mountStatus(
  model: MountModel,
  given: MountState,
  nowMs: number,
): TelescopeStatus & { remainingSeconds: number } {
  const state = settled(model, given, nowMs);
  const { site } = model;
  const moving = isMoving(state, nowMs);
  const { alt, az } = axesAt(model, state, nowMs);
  const direction = { altDeg: alt.deg, azDeg: normalizeDeg(az.deg) };
  const isStalled = state.stalledMs !== null;
  const tracking =
    state.purpose.kind === 'track' && !moving && !isStalled ? state.purpose.target : undefined;
  const { raDeg, decDeg } = tracking ?? horizontalToIcrs(direction, site, nowMs);
  return {
    motion: motionOf(state, moving),
    raDeg,
    decDeg,
    ...direction,
    haDeg: altAz({ raDeg, decDeg }, site, nowMs).haDeg,
    homed: isHomed(state, nowMs),
    stopSensor: state.purpose.kind === 'stop' && state.purpose.atLimit,
    flatPosition: false,
    remainingSeconds: Math.max(0, (state.endMs - nowMs) / 1000),
    atMs: nowMs,
  };
}

/** A mount that stalled on its way never arrives. */
function isMoving({ endMs, stalledMs }: MountState, nowMs: number): boolean {
  return nowMs < endMs || (stalledMs !== null && stalledMs < endMs);
}

function motionOf({ purpose }: MountState, moving: boolean): TelescopeMotion {
  if (purpose.kind === 'park') return moving ? 'parking' : 'parked';
  if (purpose.kind === 'home') return moving ? 'homing' : 'stopped';
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
    return started(state, { purpose: { kind: 'track', target }, axes, nowMs, settleSeconds });
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
  const limits = limitsOf(model);
  const { alt, az } = axesAt(model, settled(model, state, aim.nowMs), aim.nowMs);
  const nearestAz = az.deg + normalizeSignedDeg(aim.azDeg - az.deg);
  return {
    alt: axisMotion(alt, aim.altDeg, limits),
    az: axisMotion(az, nearestAz, limits),
  };
}

/** Brakes both axes, for whatever purpose. */
function halted(
  model: MountModel,
  state: MountState,
  { purpose, nowMs }: { purpose: Purpose; nowMs: number },
): MountState {
  const limits = limitsOf(model);
  const { alt, az } = axesAt(model, settled(model, state, nowMs), nowMs);
  const axes = { alt: axisBrake(alt, limits), az: axisBrake(az, limits) };
  return started(state, { purpose, axes, nowMs });
}

function started(
  before: MountState,
  motion: { purpose: Purpose; axes: Axes<AxisMotion>; nowMs: number; settleSeconds?: number },
): MountState {
  const { purpose, axes, nowMs, settleSeconds = 0 } = motion;
  const seconds = Math.max(axes.alt.seconds, axes.az.seconds) + settleSeconds;
  const isStalled = before.stalledMs !== null;
  return {
    ...before,
    purpose,
    startMs: nowMs,
    axes,
    endMs: nowMs + seconds * 1000,
    isLost: !isHomed(before, nowMs),
    stalledMs: isStalled ? nowMs : null,
  };
}

function axesAt({ site }: MountModel, state: MountState, nowMs: number): Axes<AxisState> {
  const { stalledMs } = state;
  const ms = stalledMs === null ? nowMs : Math.min(nowMs, stalledMs);
  const isStill = stalledMs !== null && nowMs >= stalledMs;
  if (state.purpose.kind === 'track' && ms >= state.endMs) {
    const { altDeg, azDeg } = altAz(state.purpose.target, site, ms);
    return { alt: atRest(altDeg), az: atRest(azDeg) };
  }
  const seconds = (ms - state.startMs) / 1000;
  const [alt, az] = [axisAt(state.axes.alt, seconds), axisAt(state.axes.az, seconds)];
  return isStill ? { alt: atRest(alt.deg), az: atRest(az.deg) } : { alt, az };
}

function atRest(deg: number): AxisState {
  return { deg, speed: 0 };
}

/** A mount that tracked down to its limit stopped there, at that moment, whether asked or not. */
function settled(model: MountModel, state: MountState, nowMs: number): MountState {
  const { purpose, endMs } = state;
  if (purpose.kind !== 'track' || nowMs <= endMs || state.stalledMs !== null) return state;
  if (model.faults.has('runs-past-limit')) return state;
  const altAt = (ms: number) => altAz(purpose.target, model.site, ms).altDeg;
  if (altAt(nowMs) >= model.spec.minAltDeg) return state;
  let [above, below] = [endMs, nowMs];
  while (below - above > 1) {
    const middle = (above + below) / 2;
    if (altAt(middle) >= model.spec.minAltDeg) above = middle;
    else below = middle;
  }
  const { alt, az } = axesAt(model, state, above);
  const axes = { alt: axisBrake(alt, limitsOf(model)), az: axisBrake(az, limitsOf(model)) };
  return started(state, { purpose: { kind: 'stop', atLimit: true }, axes, nowMs: above });
}

function limitsOf({ spec, faults }: MountModel): AxisLimits {
  const slower = faults.amount('slow') || 1;
  return {
    speed: spec.slewDegPerSecond / slower,
    acceleration: spec.slewAccelDegPerSecond2 / slower,
  };
}

function axisAtRest(deg: number): AxisMotion {
  return axisBrake(atRest(deg), { speed: 1, acceleration: 1 });
}

function isDirection({ raDeg, decDeg }: Pointing): boolean {
  return raDeg >= 0 && raDeg < 360 && decDeg >= -90 && decDeg <= 90;
}
