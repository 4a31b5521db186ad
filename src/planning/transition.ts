/** How a telescope gets from one target to the next. */
export interface Transition {
  readonly slewDegPerSecond: number;
  /** Infinity: full speed at once. */
  readonly slewAccelDegPerSecond2: number;
  readonly settleSeconds: number;
  /** Infinity: no dome to wait for. */
  readonly domeDegPerSecond: number;
  /** A change of filter during the slew. */
  readonly wheelSeconds: number;
}

/**
 * Seconds from the end of one observation to the start of the next, over a distance on the sky: the
 * mount slews (a trapezium of speed, or a triangle when it is too short to reach full speed) and
 * settles while the dome turns and the wheels bring the first filters.
 */
export function transitionSeconds(distanceDeg: number, transition: Transition): number {
  const { slewDegPerSecond: speed, slewAccelDegPerSecond2: acceleration } = transition;
  const ramps = speed ** 2 / acceleration;
  const slew =
    distanceDeg >= ramps
      ? distanceDeg / speed + speed / acceleration
      : 2 * Math.sqrt(distanceDeg / acceleration);
  const dome = distanceDeg / transition.domeDegPerSecond;
  return Math.max(slew + transition.settleSeconds, dome, transition.wheelSeconds);
}

/** The part of every transition that no order of targets can save, seconds: a sequence's setup. */
export function leastTransitionSeconds(transition: Transition): number {
  return transitionSeconds(0, transition);
}

/** What a distance adds to the least transition, seconds. */
export function slewSecondsBetween(distanceDeg: number, transition: Transition): number {
  return transitionSeconds(distanceDeg, transition) - leastTransitionSeconds(transition);
}
