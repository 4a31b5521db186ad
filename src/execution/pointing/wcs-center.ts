import type { Card } from '#fits';
import type { RaDec } from '#sky';

const RAD = Math.PI / 180;

/**
 * The sky at the middle of an image, by a gnomonic world coordinate system in its header (Calabretta
 * and Greisen, 2002, A&A 395, 1077, sections 2 and 5.1.3): `CD` matrix, or `CDELT` with `PC`. The
 * size is `IMAGEW` and `IMAGEH` where a solver's own file tells them, else `NAXIS1` and `NAXIS2`.
 * Null when the header lacks any of it.
 */
export function wcsCenter(cards: readonly Card[]): RaDec | null {
  const numbers = new Map(
    cards.flatMap(({ keyword, value }) => (typeof value === 'number' ? [[keyword, value]] : [])),
  );
  const of = (...keywords: string[]): number =>
    keywords.map((keyword) => numbers.get(keyword)).find((value) => value !== undefined) ??
    Number.NaN;
  const dx = (of('IMAGEW', 'NAXIS1') + 1) / 2 - of('CRPIX1');
  const dy = (of('IMAGEH', 'NAXIS2') + 1) / 2 - of('CRPIX2');
  const [xx, xy, yx, yy] = matrixOf(numbers);
  const place = onSky(
    { raDeg: of('CRVAL1'), decDeg: of('CRVAL2') },
    { east: (xx * dx + xy * dy) * RAD, north: (yx * dx + yy * dy) * RAD },
  );
  return Number.isFinite(place.raDeg) && Number.isFinite(place.decDeg) ? place : null;
}

/** Degrees a pixel: intermediate world coordinates of a step along each axis of the image. */
function matrixOf(numbers: ReadonlyMap<string, number>): [number, number, number, number] {
  const value = (keyword: string, otherwise: number) => numbers.get(keyword) ?? otherwise;
  if (numbers.has('CD1_1') || numbers.has('CD1_2')) {
    return [value('CD1_1', 0), value('CD1_2', 0), value('CD2_1', 0), value('CD2_2', 0)];
  }
  const [stepX, stepY] = [value('CDELT1', Number.NaN), value('CDELT2', Number.NaN)];
  const [turnX, turnY] = [
    [value('PC1_1', 1), value('PC1_2', 0)],
    [value('PC2_1', 0), value('PC2_2', 1)],
  ] as const;
  return [stepX * turnX[0], stepX * turnX[1], stepY * turnY[0], stepY * turnY[1]];
}

/** From the tangent plane (radians) back to the sphere. */
function onSky(center: RaDec, { east, north }: { east: number; north: number }): RaDec {
  const dec0 = center.decDeg * RAD;
  const depth = Math.cos(dec0) - north * Math.sin(dec0);
  const raDeg = center.raDeg + Math.atan2(east, depth) / RAD;
  const height = Math.sin(dec0) + north * Math.cos(dec0);
  return {
    raDeg: ((raDeg % 360) + 360) % 360,
    decDeg: Math.atan2(height, Math.hypot(east, depth)) / RAD,
  };
}
