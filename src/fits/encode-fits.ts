import { PyrosError } from '#platform';
import { CARD_BYTES, type Card, cardRecords } from './card.ts';
import { encodeChecksum, onesComplementSum } from './checksum.ts';
import { bitpixOf, type FitsImage, writePixels } from './pixels.ts';

export const BLOCK_BYTES = 2880;
const NO_CHECKSUM = '0'.repeat(16);

/** Keywords that the codec writes and reads itself: they describe the layout of the file. */
const LAYOUT = new Set(['SIMPLE', 'BITPIX', 'NAXIS', 'NAXIS1', 'NAXIS2', 'BZERO', 'BSCALE']);
const OWN = new Set([...LAYOUT, 'EXTEND', 'CHECKSUM', 'DATASUM', 'LONGSTRN', 'END']);

/** Whether a card belongs to the codec and not to its user. */
export function isCodecKeyword(keyword: string): boolean {
  return OWN.has(keyword);
}

/**
 * The bytes of a FITS file (standard 4.0) with one image, `DATASUM` and `CHECKSUM`. The cards follow
 * those that describe the layout, which are the codec's own. Throws `FITS_CARD_INVALID`, or
 * `FITS_IMAGE_INVALID` when the number of pixels is not width times height.
 */
export function encodeFits(image: FitsImage, cards: readonly Card[]): Uint8Array {
  assertShape(image);
  const intruder = cards.find((card) => isCodecKeyword(card.keyword));
  if (intruder) {
    throw new PyrosError(
      'FITS_CARD_INVALID',
      `The FITS card "${intruder.keyword}" is written by the codec and cannot be given.`,
    );
  }
  const records = [...layoutCards(image), ...longStringCard(cards), ...cards].flatMap(cardRecords);
  // Two checksum cards and END are still to come.
  const headerBytes = wholeBlocks((records.length + 3) * CARD_BYTES);
  const bytes = new Uint8Array(headerBytes + wholeBlocks(image.pixels.byteLength));
  writePixels(new DataView(bytes.buffer, headerBytes), image.pixels);
  writeHeader(bytes, headerBytes, records);
  return bytes;
}

function writeHeader(bytes: Uint8Array, headerBytes: number, records: readonly string[]): void {
  const header = bytes.subarray(0, headerBytes);
  const dataSum = onesComplementSum(bytes.subarray(headerBytes));
  const complete = (checksum: string) => [
    ...records,
    ...cardRecords({ keyword: 'CHECKSUM', value: checksum, comment: 'HDU checksum' }),
    ...cardRecords({ keyword: 'DATASUM', value: `${dataSum}`, comment: 'data unit checksum' }),
    'END'.padEnd(CARD_BYTES),
  ];
  writeText(header, complete(NO_CHECKSUM));
  writeText(header, complete(encodeChecksum(onesComplementSum(header, dataSum))));
}

function writeText(header: Uint8Array, records: readonly string[]): void {
  const text = records.join('').padEnd(header.length);
  for (let i = 0; i < header.length; i++) header[i] = text.charCodeAt(i);
}

function layoutCards(image: FitsImage): Card[] {
  const isUnsigned = image.pixels instanceof Uint16Array;
  const bzero = isUnsigned ? 32768 : (image.bzero ?? 0);
  const bscale = isUnsigned ? 1 : (image.bscale ?? 1);
  const scaling: Card[] = [
    { keyword: 'BZERO', value: bzero, comment: 'physical value = BZERO + BSCALE * stored value' },
    { keyword: 'BSCALE', value: bscale, comment: 'scale of stored values' },
  ];
  return [
    { keyword: 'SIMPLE', value: true, comment: 'conforms to FITS standard 4.0' },
    { keyword: 'BITPIX', value: bitpixOf(image.pixels), comment: 'bits of a stored value' },
    { keyword: 'NAXIS', value: 2, comment: 'number of axes' },
    { keyword: 'NAXIS1', value: image.width, comment: '[pixel] width' },
    { keyword: 'NAXIS2', value: image.height, comment: '[pixel] height' },
    ...(bzero === 0 && bscale === 1 ? [] : scaling),
  ];
}

/** Older readers want this card ahead of strings that go on over several records. */
function longStringCard(cards: readonly Card[]): Card[] {
  const isLong = cards.some((card) => cardRecords(card)[1]?.startsWith('CONTINUE'));
  const value = 'OGIP 1.0';
  return isLong ? [{ keyword: 'LONGSTRN', value, comment: 'long strings use CONTINUE' }] : [];
}

function assertShape(image: FitsImage): void {
  const { width, height, pixels } = image;
  const isWhole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  const isScaledTwice =
    pixels instanceof Uint16Array && (image.bzero !== undefined || image.bscale !== undefined);
  if (isWhole && width * height === pixels.length && !isScaledTwice) return;
  throw new PyrosError(
    'FITS_IMAGE_INVALID',
    isScaledTwice
      ? 'An unsigned 16-bit image takes no BZERO or BSCALE: the codec needs them for the sign.'
      : `An image of ${width} x ${height} cannot have ${pixels.length} pixels.`,
  );
}

/** The size of the whole blocks that hold so many bytes. */
export function wholeBlocks(bytes: number): number {
  return Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;
}
