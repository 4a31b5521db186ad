import { type Card, decodeFits, physicalPixels } from '#fits';
import { PyrosError, parseIso } from '#platform';

/** What is read of an image that a driver sent. */
export interface IndiImage {
  readonly width: number;
  readonly height: number;
  /** Row by row from the bottom left, ADU. */
  readonly pixels: Uint16Array;
  /** When the shutter opened, by the driver; null when it does not say. */
  readonly startMs: number | null;
}

/**
 * Reads the FITS file of a BLOB. Throws `DEVICE_GARBLED` when it is none, or not of the size that the
 * unit file gives the detector.
 */
export function readIndiImage(
  bytes: Uint8Array,
  expected: { device: string; width: number; height: number },
): IndiImage {
  const { device } = expected;
  const { cards, image } = decoded(bytes, device);
  const { width, height } = image;
  if (width !== expected.width || height !== expected.height) {
    throw garbled(device, `an image of ${width} x ${height} pixels`, {
      remedy: `The unit file says ${expected.width} x ${expected.height}: change its detector.`,
    });
  }
  const physical =
    image.pixels instanceof Uint16Array
      ? image.pixels
      : Uint16Array.from(physicalPixels(image), (value) => Math.min(65_535, Math.max(0, value)));
  const isUpsideDown = textOf(cards, 'ROWORDER') === 'TOP-DOWN';
  const pixels = isUpsideDown ? rowsReversed(physical, width) : physical;
  return { width, height, pixels, startMs: startOf(cards) };
}

function decoded(bytes: Uint8Array, device: string) {
  try {
    return decodeFits(bytes);
  } catch (cause) {
    throw garbled(device, 'an image that cannot be read', { cause });
  }
}

function rowsReversed(pixels: Uint16Array, width: number): Uint16Array {
  const turned = new Uint16Array(pixels.length);
  for (let from = 0; from < pixels.length; from += width) {
    turned.set(pixels.subarray(from, from + width), pixels.length - from - width);
  }
  return turned;
}

function startOf(cards: readonly Card[]): number | null {
  try {
    return parseIso(textOf(cards, 'DATE-OBS'));
  } catch {
    return null;
  }
}

function textOf(cards: readonly Card[], keyword: string): string {
  const card = cards.find((one) => one.keyword === keyword);
  return card && 'value' in card && typeof card.value === 'string' ? card.value.trim() : '';
}

function garbled(
  device: string,
  what: string,
  rest: { remedy?: string; cause?: unknown },
): PyrosError {
  return new PyrosError('DEVICE_GARBLED', `${device} sent ${what}.`, {
    remedy: 'Expose again.',
    ...rest,
  });
}
