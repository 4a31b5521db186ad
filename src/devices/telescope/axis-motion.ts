/** What one axis can do: degrees per second, and degrees per second squared. */
export interface AxisLimits {
  readonly speed: number;
  readonly acceleration: number;
}

/** Where an axis is and how fast it turns, degrees and degrees per second. */
export interface AxisState {
  readonly deg: number;
  readonly speed: number;
}

/**
 * A motion of one axis in a trapezoid of speed: it brakes to rest if it was turning, accelerates,
 * cruises, brakes, and rests at its end. A short way never reaches the cruise: a triangle.
 */
export interface AxisMotion {
  readonly from: AxisState;
  /** Where it rests after braking, before the trapezoid begins. */
  readonly brakedDeg: number;
  readonly brakeSeconds: number;
  readonly toDeg: number;
  readonly limits: AxisLimits;
  /** From the start to rest at `toDeg`. */
  readonly seconds: number;
}

/** The motion of an axis from its present state to rest at `toDeg`. */
export function axisMotion(from: AxisState, toDeg: number, limits: AxisLimits): AxisMotion {
  const brakeSeconds = Math.abs(from.speed) / limits.acceleration;
  const brakedDeg = from.deg + (from.speed * brakeSeconds) / 2;
  const travel = restToRestSeconds(Math.abs(toDeg - brakedDeg), limits);
  return { from, brakedDeg, brakeSeconds, toDeg, limits, seconds: brakeSeconds + travel };
}

/** The shortest motion that brings a turning axis to rest, wherever that is. */
export function axisBrake(from: AxisState, limits: AxisLimits): AxisMotion {
  const { brakedDeg } = axisMotion(from, from.deg, limits);
  return axisMotion(from, brakedDeg, limits);
}

/** The state of the axis so many seconds after the motion began. */
export function axisAt(motion: AxisMotion, seconds: number): AxisState {
  const { from, brakeSeconds, limits } = motion;
  if (seconds >= motion.seconds) return { deg: motion.toDeg, speed: 0 };
  if (seconds >= brakeSeconds) return onTrapezoid(motion, seconds - brakeSeconds);
  const t = Math.max(0, seconds);
  const slowing = -Math.sign(from.speed) * limits.acceleration;
  return {
    deg: from.deg + from.speed * t + (slowing * t * t) / 2,
    speed: from.speed + slowing * t,
  };
}

function restToRestSeconds(distance: number, { speed, acceleration }: AxisLimits): number {
  const ramps = (speed * speed) / acceleration;
  if (distance <= ramps) return 2 * Math.sqrt(distance / acceleration);
  return distance / speed + speed / acceleration;
}

function onTrapezoid(motion: AxisMotion, t: number): AxisState {
  const { acceleration, speed } = motion.limits;
  const duration = motion.seconds - motion.brakeSeconds;
  const ramp = Math.min(speed / acceleration, duration / 2);
  const top = acceleration * ramp;
  const direction = Math.sign(motion.toDeg - motion.brakedDeg);
  const left = duration - t;
  if (left < ramp) {
    const deg = motion.toDeg - (direction * acceleration * left * left) / 2;
    return { deg, speed: direction * acceleration * left };
  }
  const ramped = Math.min(t, ramp);
  const travelled = (acceleration * ramped * ramped) / 2 + top * (t - ramped);
  return {
    deg: motion.brakedDeg + direction * travelled,
    speed: direction * acceleration * ramped,
  };
}
