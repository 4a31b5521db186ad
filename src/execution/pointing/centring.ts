import type { RaDec } from '#sky';
import { lengthOf, offsetTo, type SkyOffset } from './aim.ts';
import type { SolveAnswer } from './plate-solver.ts';

/** Farther off than this is a wrong solution rather than a bad pointing, arcseconds. */
const BELIEVED_ARCSEC = 3000;

/** What an image taken to centre the telescope leads to. */
export type CentringVerdict =
  | { readonly kind: 'centred'; readonly offsetArcsec: number }
  | { readonly kind: 'correct'; readonly offset: SkyOffset; readonly offsetArcsec: number }
  | { readonly kind: 'nothing'; readonly reason: string };

/** Compares where an image looks with where it was meant to. */
export function judgeCentring(
  answer: SolveAnswer,
  wanted: RaDec,
  toleranceArcsec: number,
): CentringVerdict {
  if (!answer.ok) return { kind: 'nothing', reason: answer.reason };
  const offset = offsetTo(wanted, answer.place);
  const offsetArcsec = Math.round(lengthOf(offset) * 100) / 100;
  if (offsetArcsec <= toleranceArcsec) return { kind: 'centred', offsetArcsec };
  if (offsetArcsec <= BELIEVED_ARCSEC) return { kind: 'correct', offset, offsetArcsec };
  const degrees = (offsetArcsec / 3600).toFixed(1);
  return { kind: 'nothing', reason: `the solver puts the image ${degrees}° away from its target` };
}
