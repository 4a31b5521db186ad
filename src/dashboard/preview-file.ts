import { readFile } from 'node:fs/promises';
import { encode } from 'fast-png';
import { decodeFits, physicalPixels, stretch } from '#fits';

/** The longer side of a preview, pixels. */
const PREVIEW_PIXELS = 384;

/** An image file made small and visible, as PNG. Rejects when the file is missing or not FITS. */
export async function previewOf(file: string): Promise<Uint8Array> {
  const { image } = decodeFits(await readFile(file));
  const { width, height } = image;
  const small = stretch(physicalPixels(image), { width, height, maxSize: PREVIEW_PIXELS });
  return encode({
    width: small.width,
    height: small.height,
    data: small.gray,
    channels: 1,
    depth: 8,
  });
}
