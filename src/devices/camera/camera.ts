import type { Device } from '../device.ts';

/** What a camera is doing. `ready` means: an exposure ended and its image waits to be read out. */
export type CameraActivity = 'idle' | 'exposing' | 'reading' | 'ready' | 'fault' | 'unknown';

/** One reading of a camera and its filter wheel. */
export interface CameraStatus {
  readonly activity: CameraActivity;
  /** The exposure in progress or waiting, as its asker named it; null when there is none. */
  readonly exposureId: string | null;
  /** The filter in the beam, measured; null while the wheel moves. */
  readonly filter: string | null;
  readonly wheelMoving: boolean;
  /** The wheel looks for its reference mark. */
  readonly wheelHoming: boolean;
  readonly initialised: boolean;
  /** Detector temperature, degrees Celsius. */
  readonly temperatureC: number;
  /** Where it is being cooled to; null when the cooler is off. */
  readonly setpointC: number | null;
  /** Seconds until the exposure ends; 0 when none runs. */
  readonly remainingSeconds: number;
  /** When the camera says it was so, UTC ms. */
  readonly atMs: number;
}

/** What to expose. */
export interface Exposure {
  /** Chosen by the asker, unique for ever: an exposure asked twice is taken once. */
  readonly exposureId: string;
  readonly seconds: number;
  readonly shutter: 'open' | 'closed';
}

/** An image as the detector gives it: `pixels` row by row from the bottom left, in ADU. */
export interface RawFrame {
  readonly exposureId: string;
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint16Array;
  /** When the shutter opened, UTC ms, by the camera's clock. */
  readonly startMs: number;
  /** How long it was open: less than asked after `stop`. */
  readonly seconds: number;
  readonly filter: string;
  readonly temperatureC: number;
}

/**
 * A camera with its filter wheel. Methods reject like those of a Telescope; `readout` also with
 * `EXPOSURE_UNKNOWN` when the camera holds no such exposure.
 */
export interface Camera extends Device {
  status(): Promise<CameraStatus>;
  /** Starts the wheel; refused while exposing. */
  setFilter(filter: string): Promise<void>;
  /** Starts an exposure; refused while one runs or the wheel moves. */
  expose(exposure: Exposure): Promise<void>;
  /**
   * Shuts the shutter now and reads out what there is; harmless when no exposure runs. Rejects with
   * `DEVICE_REFUSED` where the camera can only abort.
   */
  stop(): Promise<void>;
  /** Cools the detector to a temperature, or with null lets it warm up. */
  cool(setpointC: number | null): Promise<void>;
  /** Starts over after a hang: drops everything, idle at the end. */
  reset(): Promise<void>;
  /** Ends the exposure in progress and drops it; harmless when there is none. */
  abort(): Promise<void>;
  /** The image of an ended exposure; the camera keeps it until the next exposure starts. */
  readout(exposureId: string): Promise<RawFrame>;
  close(): Promise<void>;
}
