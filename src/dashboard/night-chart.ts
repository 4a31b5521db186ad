export type BarState = 'planned' | 'running' | 'done' | 'partial' | 'failed';

/** Noon-to-noon marks; null where the Sun does not cross that elevation this night. */
export interface TwilightMarks {
  readonly sunset: string | null;
  /** Sun at −6°, −12°, −18°. */
  readonly civilDusk: string | null;
  readonly nauticalDusk: string | null;
  readonly astronomicalDusk: string | null;
  readonly astronomicalDawn: string | null;
  readonly nauticalDawn: string | null;
  readonly civilDawn: string | null;
  readonly sunrise: string | null;
  /** What a chart of the night should span. */
  readonly chartStart: string;
  readonly chartEnd: string;
}
