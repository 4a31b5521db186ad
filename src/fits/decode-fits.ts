import { PyrosError } from '#platform';
import { CARD_BYTES, type Card } from './card.ts';
import { onesComplementSum } from './checksum.ts';
import { isCodecKeyword, wholeBlocks } from './encode-fits.ts';
import { parseCards } from './parse-cards.ts';
import { type Bitpix, type FitsImage, isBitpix, readPixels } from './pixels.ts';

/** A header as it stands in the file, layout cards included. */
export interface FitsHeader {
  readonly cards: readonly Card[];
  /** Where the data begin. */
  readonly dataOffset: number;
}

/** Whether the sums in the header are those of the file; null when the header has no such card. */
export interface ChecksumVerdict {
  readonly data: boolean | null;
  readonly unit: boolean | null;
}

const REFETCH = { remedy: 'Fetch or write the file again.' };
/** More records than any camera writes: a file without END must not be read to its end. */
const MOST_RECORDS = 36 * 1000;

/**
 * Reads the first image of a FITS file, and its cards without those that {@link encodeFits} writes by
 * itself: what it returns can be encoded again. Throws `FITS_NOT_FITS`, `FITS_TRUNCATED`,
 * `FITS_MALFORMED` or `FITS_UNSUPPORTED`.
 */
export function decodeFits(bytes: Uint8Array): { cards: Card[]; image: FitsImage } {
  const { cards, dataOffset } = readHeader(bytes);
  const layout = readLayout(cards);
  const { width, height, bitpix } = layout;
  const count = width * height;
  const wanted = dataOffset + wholeBlocks((count * Math.abs(bitpix)) / 8);
  if (bytes.length < wanted) throw truncated(`${bytes.length} bytes of ${wanted} are there`);
  const isUnsigned = bitpix === 16 && layout.bzero === 32768 && layout.bscale === 1;
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataOffset, wanted - dataOffset);
  const pixels = readPixels(view, count, { bitpix, isUnsigned });
  const isScaled = !isUnsigned && (layout.bzero !== 0 || layout.bscale !== 1);
  const scaling = isScaled ? { bzero: layout.bzero, bscale: layout.bscale } : {};
  return {
    cards: cards.filter((card) => !isCodecKeyword(card.keyword)),
    image: { width, height, pixels, ...scaling },
  };
}

/** Reads the header alone. Throws `FITS_NOT_FITS`, `FITS_TRUNCATED` or `FITS_MALFORMED`. */
export function readHeader(bytes: Uint8Array): FitsHeader {
  if (recordAt(bytes, 0).slice(0, 9) !== 'SIMPLE  =') {
    throw new PyrosError('FITS_NOT_FITS', 'This is no FITS file: it does not begin with SIMPLE.');
  }
  const records: string[] = [];
  for (let index = 0; index < MOST_RECORDS; index++) {
    if ((index + 1) * CARD_BYTES > bytes.length) break;
    const record = recordAt(bytes, index);
    if (record.trimEnd() === 'END') {
      return { cards: parseCards(records), dataOffset: wholeBlocks((index + 1) * CARD_BYTES) };
    }
    records.push(record);
  }
  throw truncated('its header has no END card');
}

/** Compares `DATASUM` and `CHECKSUM` with the file. Throws like {@link decodeFits}. */
export function verifyChecksums(bytes: Uint8Array): ChecksumVerdict {
  const { cards, dataOffset } = readHeader(bytes);
  const { width, height, bitpix } = readLayout(cards);
  const end = dataOffset + wholeBlocks((width * height * Math.abs(bitpix)) / 8);
  if (bytes.length < end) throw truncated(`${bytes.length} bytes of ${end} are there`);
  const dataSum = onesComplementSum(bytes.subarray(dataOffset, end));
  const unitSum = onesComplementSum(bytes.subarray(0, dataOffset), dataSum);
  const announced = cards.find((card) => card.keyword === 'DATASUM')?.value;
  const hasChecksum = cards.some((card) => card.keyword === 'CHECKSUM');
  return {
    data: announced === undefined ? null : Number(announced) === dataSum,
    unit: hasChecksum ? unitSum === 0 || unitSum === 2 ** 32 - 1 : null,
  };
}

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly bitpix: Bitpix;
  readonly bzero: number;
  readonly bscale: number;
}

function readLayout(cards: readonly Card[]): Layout {
  const axes = numberOf(cards, 'NAXIS');
  if (axes !== 2) throw unsupported(`An image of ${axes} axes is not supported.`);
  const bitpix = numberOf(cards, 'BITPIX');
  if (!isBitpix(bitpix)) throw unsupported(`BITPIX = ${bitpix} is not supported.`);
  const width = sizeOf(cards, 'NAXIS1');
  const height = sizeOf(cards, 'NAXIS2');
  return {
    width,
    height,
    bitpix,
    bzero: numberOf(cards, 'BZERO', 0),
    bscale: numberOf(cards, 'BSCALE', 1),
  };
}

function sizeOf(cards: readonly Card[], keyword: string): number {
  const size = numberOf(cards, keyword);
  if (Number.isInteger(size) && size > 0) return size;
  throw new PyrosError('FITS_MALFORMED', `${keyword} = ${size} is no image size.`, REFETCH);
}

function numberOf(cards: readonly Card[], keyword: string, absent?: number): number {
  const value = cards.find((card) => card.keyword === keyword)?.value ?? absent;
  if (typeof value === 'number') return value;
  throw new PyrosError('FITS_MALFORMED', `The FITS header has no number ${keyword}.`, REFETCH);
}

function recordAt(bytes: Uint8Array, index: number): string {
  return String.fromCharCode(...bytes.subarray(index * CARD_BYTES, (index + 1) * CARD_BYTES));
}

function unsupported(sentence: string): PyrosError {
  return new PyrosError('FITS_UNSUPPORTED', sentence, {
    remedy: 'Write one two-dimensional image, with BITPIX 8, 16, 32, -32 or -64, as primary unit.',
  });
}

function truncated(what: string): PyrosError {
  return new PyrosError('FITS_TRUNCATED', `The FITS file is cut short: ${what}.`, REFETCH);
}
