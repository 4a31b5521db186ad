import type { Card } from './card.ts';

/** A point of the sky, ICRS degrees. */
export interface SkyPoint {
  readonly raDeg: number;
  readonly decDeg: number;
}

/** A pixel by its indices from 0; the centre of the bottom left pixel is (0, 0). */
export interface PixelPoint {
  readonly x: number;
  readonly y: number;
}

/** How an image lies on the sky: square pixels, north up, east left, centred. */
export interface FieldGeometry {
  readonly center: SkyPoint;
  readonly width: number;
  readonly height: number;
  readonly pixelArcsec: number;
}

const RADIANS = Math.PI / 180;

/**
 * Gives the gnomonic projection of a field (Calabretta and Greisen 2002, section 5.1.3), for many
 * points. It returns null for a point 90 degrees or more from the centre.
 */
export function projector(field: FieldGeometry): (point: SkyPoint) => PixelPoint | null {
  const sinDec = Math.sin(field.center.decDeg * RADIANS);
  const cosDec = Math.cos(field.center.decDeg * RADIANS);
  const pixelsPerRadian = 3600 / (field.pixelArcsec * RADIANS);
  const middleX = (field.width - 1) / 2;
  const middleY = (field.height - 1) / 2;
  return ({ raDeg, decDeg }) => {
    const ra = (raDeg - field.center.raDeg) * RADIANS;
    const sin = Math.sin(decDeg * RADIANS);
    const cos = Math.cos(decDeg * RADIANS);
    const depth = sinDec * sin + cosDec * cos * Math.cos(ra);
    if (depth <= 0) return null;
    const east = (cos * Math.sin(ra)) / depth;
    const north = (cosDec * sin - sinDec * cos * Math.cos(ra)) / depth;
    return { x: middleX - east * pixelsPerRadian, y: middleY + north * pixelsPerRadian };
  };
}

/** The point of the sky seen by a pixel: the inverse of {@link projector}. */
export function skyAt(field: FieldGeometry, pixel: PixelPoint): SkyPoint {
  const radiansPerPixel = (field.pixelArcsec * RADIANS) / 3600;
  const east = ((field.width - 1) / 2 - pixel.x) * radiansPerPixel;
  const north = (pixel.y - (field.height - 1) / 2) * radiansPerPixel;
  const dec0 = field.center.decDeg * RADIANS;
  const depth = Math.cos(dec0) - north * Math.sin(dec0);
  const ra = Math.atan2(east, depth) / RADIANS + field.center.raDeg;
  const height = Math.sin(dec0) + north * Math.cos(dec0);
  return {
    raDeg: ((ra % 360) + 360) % 360,
    decDeg: Math.atan2(height, Math.hypot(east, depth)) / RADIANS,
  };
}

/** The cards of a field's celestial coordinates, which {@link projector} follows to the letter. */
export function wcsCards(field: FieldGeometry): Card[] {
  const step = field.pixelArcsec / 3600;
  const { raDeg, decDeg } = field.center;
  return [
    { keyword: 'WCSAXES', value: 2, comment: 'number of world coordinate axes' },
    { keyword: 'CTYPE1', value: 'RA---TAN', comment: 'gnomonic projection' },
    { keyword: 'CTYPE2', value: 'DEC--TAN', comment: 'gnomonic projection' },
    { keyword: 'CUNIT1', value: 'deg', comment: 'unit of axis 1' },
    { keyword: 'CUNIT2', value: 'deg', comment: 'unit of axis 2' },
    { keyword: 'CRPIX1', value: (field.width + 1) / 2, decimals: 1, comment: '[pixel] reference' },
    { keyword: 'CRPIX2', value: (field.height + 1) / 2, decimals: 1, comment: '[pixel] reference' },
    { keyword: 'CRVAL1', value: raDeg, decimals: 7, comment: '[deg] RA at the reference' },
    { keyword: 'CRVAL2', value: decDeg, decimals: 7, comment: '[deg] Dec at the reference' },
    { keyword: 'CD1_1', value: -step, decimals: 12, comment: '[deg/pixel] east is left' },
    { keyword: 'CD1_2', value: 0, decimals: 12, comment: '[deg/pixel]' },
    { keyword: 'CD2_1', value: 0, decimals: 12, comment: '[deg/pixel]' },
    { keyword: 'CD2_2', value: step, decimals: 12, comment: '[deg/pixel] north is up' },
  ];
}
