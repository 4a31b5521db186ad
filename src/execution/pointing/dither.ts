import { NO_OFFSET, type SkyOffset } from './aim.ts';

/**
 * Where the telescope looks for an image, about its target: the same for the same number of image, in
 * every filter and every night. The first image is on the target; the others are points of the Halton
 * sequence of bases 2 and 3 (Halton, 1960, Numerische Mathematik 2, 84) put evenly on the disc of
 * that radius, so that any few that follow each other are well apart.
 */
export function ditherOffset(radiusArcsec: number, image: number): SkyOffset {
  if (!(radiusArcsec > 0) || image <= 1) return NO_OFFSET;
  const index = image - 1;
  // The square root makes equal areas equally likely.
  const distance = radiusArcsec * Math.sqrt(radicalInverse(index, 2));
  const angle = 2 * Math.PI * radicalInverse(index, 3);
  return {
    raArcsec: rounded(distance * Math.sin(angle)),
    decArcsec: rounded(distance * Math.cos(angle)),
  };
}

/** The digits of a whole number, mirrored at the point. */
function radicalInverse(index: number, base: number): number {
  let [rest, weight, value] = [index, 1 / base, 0];
  for (; rest > 0; rest = Math.floor(rest / base)) {
    value += weight * (rest % base);
    weight /= base;
  }
  return value;
}

/** To the thousandth of an arcsecond. */
function rounded(arcsec: number): number {
  return Math.round(arcsec * 1000) / 1000;
}
