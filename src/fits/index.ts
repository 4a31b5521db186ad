export type { Card, CardValue } from './card.ts';
export {
  type ChecksumVerdict,
  decodeFits,
  type FitsHeader,
  readHeader,
  verifyChecksums,
} from './decode-fits.ts';
export { encodeFits } from './encode-fits.ts';
export { type FitsImage, type Pixels, physicalPixels } from './pixels.ts';
export { type Preview, stretch } from './preview.ts';
export {
  type FieldGeometry,
  type PixelPoint,
  projector,
  type SkyPoint,
  skyAt,
  wcsCards,
} from './wcs.ts';
