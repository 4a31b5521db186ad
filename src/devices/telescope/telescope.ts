import type { Device } from '../device.ts';

/** What a mount is doing. `unknown` never reads as parked or stopped. */
export type TelescopeMotion =
  | 'parked'
  | 'parking'
  | 'stopped'
  | 'slewing'
  | 'tracking'
  | 'homing'
  | 'fault'
  | 'unknown';

/** One reading of a mount. Angles in degrees, RA and Dec ICRS, azimuth N=0 E=90. */
export interface TelescopeStatus {
  readonly motion: TelescopeMotion;
  readonly raDeg: number;
  readonly decDeg: number;
  readonly altDeg: number;
  readonly azDeg: number;
  readonly haDeg: number;
  /** An axis has reached its end of travel. */
  readonly stopSensor: boolean;
  /** The mount knows where it is; false after a loss of power, until `home` has ended (hazard F18). */
  readonly homed: boolean;
  /** The telescope looks at the flat screen. */
  readonly flatPosition: boolean;
  /** Seconds until the motion in progress ends, where the mount can tell. */
  readonly remainingSeconds?: number;
  /** When the mount says it was so, UTC ms. */
  readonly atMs: number;
}

/** Where to point: ICRS degrees. */
export interface Pointing {
  readonly raDeg: number;
  readonly decDeg: number;
}

/**
 * A mount. Every method resolves when the device has answered and rejects with a PyrosError:
 * `DEVICE_UNREACHABLE` (the call did not arrive or got no answer), `DEVICE_REFUSED` (the
 * device said no, e.g. below the horizon limit, or its driver did to an order out of range),
 * `DEVICE_GARBLED` (the answer makes no sense), `DEVICE_READ_ONLY` (an order to a device that the unit
 * file lets us watch only).
 */
export interface Telescope extends Device {
  status(): Promise<TelescopeStatus>;
  /** Accepts a slew, also from park and in mid-slew; the motion goes on after this resolves. */
  goto(target: Pointing): Promise<void>;
  /** Stops every motion, tracking too. */
  stop(): Promise<void>;
  /** Starts the motion to the park position. */
  park(): Promise<void>;
  /** Starts looking for its reference marks; ends `stopped`, with `homed`. */
  home(): Promise<void>;
  close(): Promise<void>;
}
