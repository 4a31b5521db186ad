import type { Device } from '../device.ts';

/** One reading of a focuser. */
export interface FocuserStatus {
  /** Where it is, steps. */
  readonly steps: number;
  readonly moving: boolean;
  /** Degrees Celsius; null without a probe. */
  readonly temperatureC: number | null;
  /** When the focuser says it was so, UTC ms. */
  readonly atMs: number;
}

/** A focuser. Methods reject like those of a Telescope. */
export interface Focuser extends Device {
  status(): Promise<FocuserStatus>;
  /** Starts moving; refused outside its travel. */
  move(steps: number): Promise<void>;
  stop(): Promise<void>;
  close(): Promise<void>;
}
