import type { RaDec } from '#sky';

/** An image whose place on the sky is asked for. */
export interface SolveQuestion {
  /** Absolute path of a FITS image. */
  readonly file: string;
  /** Where the telescope should look. */
  readonly guess: RaDec;
  readonly scaleArcsec: number;
  readonly signal: AbortSignal;
}

/** What a solver finds: the sky at the middle of the image, or why it finds nothing. */
export type SolveAnswer =
  | { readonly ok: true; readonly place: RaDec }
  | { readonly ok: false; readonly reason: string };

/**
 * Finds where an image looks. What cannot be solved is an answer, never an error; it rejects with the
 * signal's reason alone.
 */
export interface PlateSolver {
  solve(question: SolveQuestion): Promise<SolveAnswer>;
}
