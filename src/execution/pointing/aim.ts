import { offsetBy, positionAngleDeg, type RaDec, separationDeg } from '#sky';

/** So far on the sky: the part along RA is an angle of the sky, not a difference of RA. */
export interface SkyOffset {
  readonly raArcsec: number;
  readonly decArcsec: number;
}

export const NO_OFFSET: SkyOffset = { raArcsec: 0, decArcsec: 0 };

const RAD = Math.PI / 180;

/**
 * The place so far from another. Along a great circle: the difference of RA is that of the offset
 * divided by cos(Dec), and right at the pole, where that has no value.
 */
export function movedBy(place: RaDec, { raArcsec, decArcsec }: SkyOffset): RaDec {
  const distanceDeg = Math.hypot(raArcsec, decArcsec) / 3600;
  if (distanceDeg === 0) return place;
  return offsetBy(place, Math.atan2(raArcsec, decArcsec) / RAD, distanceDeg);
}

/** How far the second place is from the first: `movedBy` of it leads back there. */
export function offsetTo(from: RaDec, to: RaDec): SkyOffset {
  const arcsec = separationDeg(from, to) * 3600;
  const angle = positionAngleDeg(from, to) * RAD;
  return { raArcsec: arcsec * Math.sin(angle), decArcsec: arcsec * Math.cos(angle) };
}

export function sumOf(a: SkyOffset, b: SkyOffset): SkyOffset {
  return { raArcsec: a.raArcsec + b.raArcsec, decArcsec: a.decArcsec + b.decArcsec };
}

export function lengthOf({ raArcsec, decArcsec }: SkyOffset): number {
  return Math.hypot(raArcsec, decArcsec);
}

/**
 * Where the mount must be sent so that the telescope looks at a target: what centring found is put
 * right, and the dither of the moment is added. One for each observation.
 */
export class Aim {
  #correction: SkyOffset = NO_OFFSET;
  #dither: SkyOffset = NO_OFFSET;

  /** Of the present dither, about the target. */
  get dither(): SkyOffset {
    return this.#dither;
  }

  /** Of all that centring has found. */
  get correction(): SkyOffset {
    return this.#correction;
  }

  setDither(dither: SkyOffset): void {
    this.#dither = dither;
  }

  /** The telescope looked so far from where it was meant to look: that is taken back. */
  correct({ raArcsec, decArcsec }: SkyOffset): void {
    this.#correction = sumOf(this.#correction, { raArcsec: -raArcsec, decArcsec: -decArcsec });
  }

  /** What the mount is told, for a target. */
  orderFor(target: RaDec): RaDec {
    return movedBy(target, sumOf(this.#correction, this.#dither));
  }

  /** Where the telescope looks, of what the mount says of itself. */
  truePlace(told: RaDec): RaDec {
    const { raArcsec, decArcsec } = this.#correction;
    return movedBy(told, { raArcsec: -raArcsec, decArcsec: -decArcsec });
  }
}
