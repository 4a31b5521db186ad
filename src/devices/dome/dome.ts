import type { Device } from '../device.ts';

/** Where the shutter is, by its two limit switches. Anything not proved is `unknown`. */
export type ShutterState = 'open' | 'closed' | 'opening' | 'closing' | 'intermediate' | 'unknown';

/** One reading of a dome. */
export interface DomeStatus {
  readonly shutter: ShutterState;
  /** Azimuth of the slit, degrees, N=0 E=90. */
  readonly azimuthDeg: number;
  readonly rotating: boolean;
  /** The slit looks for its reference mark. */
  readonly homing: boolean;
  /** Seconds for which the dome may still stay open without a new permit; 0 when it may not. */
  readonly permitSeconds: number;
  /** When the dome says it was so, UTC ms. */
  readonly atMs: number;
}

/**
 * A dome. Its controller holds a dead-man: it opens only under a permit, and closes by itself when
 * the permit runs out. Only the guardian renews it. Methods reject like those of a Telescope.
 */
export interface Dome extends Device {
  status(): Promise<DomeStatus>;
  /** Starts opening; refused without a permit. */
  open(): Promise<void>;
  /** Starts closing, whatever else goes on; never refused. */
  close(): Promise<void>;
  /** Allows the shutter to be open for that many seconds from now; 0 takes the permit back. */
  permit(seconds: number): Promise<void>;
  /** Starts turning the slit to an azimuth, degrees. */
  turn(azimuthDeg: number): Promise<void>;
  /** Starts turning the slit to its reference mark; frees a shutter whose contacts are off (hazard F12). */
  home(): Promise<void>;
  disconnect(): Promise<void>;
}
