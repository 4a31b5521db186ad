import type { Site, TimeGrid } from '#sky';
import type { Interval } from '../interval.ts';

/** Where and when a night is. */
export interface NightFrame {
  readonly site: Site;
  /** For science; the end is not after the start when there is no night. */
  readonly dark: Interval;
  readonly midMs: number;
  /** Straight lines between its steps are within 0.001° of an elevation of 45°. */
  readonly grid: TimeGrid;
}
