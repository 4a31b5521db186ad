import type { CalibrationsSpec } from '#unit';

export type FlatSpec = NonNullable<CalibrationsSpec['flats']>;
export type CalibrationMoment = 'dusk' | 'dawn';

/** What to do for the next flat of a filter. */
export type FlatStep =
  | { readonly kind: 'expose'; readonly seconds: number }
  /** The sky will be right later. */
  | { readonly kind: 'wait' }
  /** It was right before, and will not be again. */
  | { readonly kind: 'over' };

/** One image of the sky, as far as it tells how bright that is. */
export interface FlatLevel {
  readonly seconds: number;
  /** Above the bias, counts. */
  readonly adu: number;
}

/** Pixels above this are near the end of the converter and tell nothing, counts. */
export const SATURATED_ADU = 60_000;
/** A flat counts when its level is between these parts of the wanted one. */
const LEAST_PART = 0.4;
const MOST_PART = 1.8;

/**
 * The next exposure after an image of the same filter. At dusk the sky fades: what is too bright now
 * will be right later; at dawn it is the other way round.
 */
export function nextFlat(spec: FlatSpec, moment: CalibrationMoment, last: FlatLevel): FlatStep {
  const perSecond = Math.max(last.adu, 1) / last.seconds;
  const seconds = Math.round((1000 * spec.adu) / perSecond) / 1000;
  const comes: FlatStep = { kind: 'wait' };
  const gone: FlatStep = { kind: 'over' };
  if (seconds < spec.leastSeconds) return moment === 'dusk' ? comes : gone;
  if (seconds > spec.mostSeconds) return moment === 'dusk' ? gone : comes;
  return { kind: 'expose', seconds };
}

/** Why a flat does not count; null: it does. */
export function flatFault(spec: FlatSpec, { adu }: FlatLevel, biasAdu: number): string | null {
  const level = Math.round(adu);
  if (adu + biasAdu >= SATURATED_ADU) return `saturated: ${level} counts above the bias`;
  if (adu < spec.adu * LEAST_PART) return `too faint: ${level} counts instead of ${spec.adu}`;
  if (adu > spec.adu * MOST_PART) return `too bright: ${level} counts instead of ${spec.adu}`;
  return null;
}

/**
 * The filters in the order in which the sky is right for them: as it fades, first those that give the
 * fewest electrons of the same light, which need most of it; of equals the bluest. At dawn the other
 * way round.
 */
export function flatOrder<
  F extends { readonly zeroPointMag: number; readonly wavelengthNm: number },
>(filters: readonly F[], moment: CalibrationMoment): F[] {
  const fading = filters.toSorted(
    (a, b) => a.zeroPointMag - b.zeroPointMag || a.wavelengthNm - b.wavelengthNm,
  );
  return moment === 'dusk' ? fading : fading.toReversed();
}

/** The middle of the values of an image. */
export function medianOf(pixels: Uint16Array): number {
  const counts = new Uint32Array(65_536);
  for (const value of pixels) counts[value] = (counts[value] ?? 0) + 1;
  let seen = 0;
  for (let value = 0; value < counts.length; value++) {
    seen += counts[value] ?? 0;
    if (2 * seen >= pixels.length) return value;
  }
  return 0;
}
