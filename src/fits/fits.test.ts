import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Card } from './card.ts';
import { decodeFits, readHeader, verifyChecksums } from './decode-fits.ts';
import { encodeFits } from './encode-fits.ts';
import { type FitsImage, physicalPixels } from './pixels.ts';

const CLEAN = 'Verification found 0 warning(s) and 0 error(s)';
const hasFitsverify = spawnSync('fitsverify', ['-h']).error === undefined;

const kinds: readonly [string, FitsImage][] = [
  ['8 bits', { width: 3, height: 2, pixels: Uint8Array.of(0, 1, 2, 3, 254, 255) }],
  ['16 bits', { width: 2, height: 2, pixels: Int16Array.of(-32768, -1, 0, 32767) }],
  ['unsigned 16 bits', { width: 2, height: 2, pixels: Uint16Array.of(0, 1, 32768, 65535) }],
  ['32 bits', { width: 2, height: 1, pixels: Int32Array.of(-2147483648, 2147483647) }],
  ['32-bit floats', { width: 3, height: 1, pixels: Float32Array.of(-1.5, Number.NaN, 3e38) }],
  ['64-bit floats', { width: 1, height: 2, pixels: Float64Array.of(-Math.PI, 1e300) }],
  ['scaled', { width: 2, height: 1, pixels: Int16Array.of(-5, 7), bzero: 100, bscale: 0.5 }],
];

const cards: readonly Card[] = [
  { keyword: 'OBJECT', value: "Barnard's star", comment: 'target' },
  { keyword: 'EXPTIME', value: 30, decimals: 3, comment: '[s] exposure' },
  { keyword: 'TINY', value: 1e-21, comment: 'a small number' },
  { keyword: 'FLAG', value: false },
  { keyword: 'LONG', value: 'word '.repeat(40).trim(), comment: 'several records' },
  { keyword: 'COMMENT', value: 'A remark.' },
  { keyword: 'HISTORY', value: 'Written by a test.' },
  { keyword: 'RA', value: 1.25, comment: '[deg] pointing' },
];

function fitsverify(bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'fits-'));
  try {
    writeFileSync(join(folder, 'a.fits'), bytes);
    return spawnSync('fitsverify', [join(folder, 'a.fits')], { encoding: 'utf8' }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a FITS file', () => {
  it.each(kinds)('keeps an image of %s', (_kind, image) => {
    const decoded = decodeFits(encodeFits(image, cards));
    expect(decoded.image).toEqual(image);
    expect(decoded.cards.map((card) => card.value)).toEqual(cards.map((card) => card.value));
  });

  it.each(kinds)('carries sums that match an image of %s', (_kind, image) => {
    expect(verifyChecksums(encodeFits(image, cards))).toEqual({ data: true, unit: true });
  });

  it.skipIf(!hasFitsverify).each(kinds)('satisfies fitsverify with an image of %s', (_k, image) => {
    expect(fitsverify(encodeFits(image, cards))).toContain(CLEAN);
  });

  it.skipIf(!hasFitsverify)('has checksums that fitsverify agrees with, whatever the data', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const pixels = Uint16Array.from({ length: 99 }, (_, i) => (i + 1) * seed * 40503);
      const bytes = encodeFits({ width: 33, height: 3, pixels }, []);
      expect(fitsverify(bytes)).toContain(CLEAN);
    }
  });

  it('notices one changed pixel', () => {
    const bytes = encodeFits({ width: 2, height: 2, pixels: new Uint16Array(4) }, []);
    bytes[2880] = 1;
    expect(verifyChecksums(bytes)).toEqual({ data: false, unit: false });
  });

  it('notices one changed letter of the header', () => {
    const bytes = encodeFits({ width: 1, height: 1, pixels: new Uint8Array(1) }, cards.slice(0, 1));
    const at = Buffer.from(bytes).indexOf('Barnard');
    bytes[at] = 'b'.charCodeAt(0);
    expect(verifyChecksums(bytes)).toEqual({ data: true, unit: false });
  });

  it('may be without sums', () => {
    const bytes = encodeFits({ width: 1, height: 1, pixels: new Uint8Array(1) }, []);
    const text = Buffer.from(bytes).toString('latin1');
    const bare = text.replace('CHECKSUM=', 'COMMENT  ').replace('DATASUM =', 'COMMENT  ');
    expect(verifyChecksums(Buffer.from(bare, 'latin1'))).toEqual({ data: null, unit: null });
  });

  it('is made of whole blocks', () => {
    const image = { width: 50, height: 30, pixels: new Float32Array(1500) };
    expect(encodeFits(image, cards).length % 2880).toBe(0);
  });

  it('can be read from the middle of a larger buffer', () => {
    const bytes = encodeFits({ width: 2, height: 1, pixels: Uint16Array.of(7, 8) }, []);
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    expect(decodeFits(larger.subarray(3)).image.pixels).toEqual(Uint16Array.of(7, 8));
  });

  it('shows its layout to who reads the whole header', () => {
    const bytes = encodeFits({ width: 4, height: 1, pixels: new Uint8Array(4) }, []);
    const { cards: all, dataOffset } = readHeader(bytes);
    expect(all.find((card) => card.keyword === 'NAXIS1')?.value).toBe(4);
    expect(dataOffset).toBe(2880);
  });

  it('gives physical values with BZERO and BSCALE applied', () => {
    const image = { width: 2, height: 1, pixels: Int16Array.of(2, 4), bzero: 10, bscale: 0.5 };
    expect([...physicalPixels(image)]).toEqual([11, 12]);
  });

  it('encodes a megapixel in a few milliseconds', () => {
    const image = { width: 1024, height: 1024, pixels: new Uint16Array(1024 * 1024).fill(40_000) };
    const times = Array.from({ length: 7 }, () => {
      const start = performance.now();
      encodeFits(image, cards);
      return performance.now() - start;
    });
    // 5 ms on a laptop; the margin is for busy machines.
    expect(Math.min(...times)).toBeLessThan(40);
  });
});

describe('a wrong FITS file', () => {
  const bytes = encodeFits({ width: 100, height: 100, pixels: new Uint16Array(10_000) }, []);

  it.each([
    ['cut in its data', bytes.subarray(0, 9000), '9000 bytes of 23040 are there'],
    ['cut in its header', bytes.subarray(0, 500), 'no END card'],
    ['empty', bytes.subarray(0, 0), 'no FITS file'],
    ['something else', new TextEncoder().encode('<html></html>'), 'no FITS file'],
  ])('that is %s is refused with the reason', (_case, wrong, reason) => {
    expect(() => decodeFits(wrong)).toThrow(reason);
  });

  it.each([
    ['announces a gigantic image', '=                  100', '=            900000000', 'are there'],
    ['has a negative size', 'NAXIS1  =                  1', 'NAXIS1  =                 -1', '-100'],
    [
      'has three axes',
      'NAXIS   =                    2',
      'NAXIS   =                    3',
      '3 axes',
    ],
    [
      'has an unknown pixel type',
      '=                   16',
      '=                   24',
      'BITPIX = 24',
    ],
    ['has no NAXIS2', 'NAXIS2  =', 'NAXIS9  =', 'no number NAXIS2'],
  ])('that %s is refused with the reason', (_case, from, to, reason) => {
    const text = Buffer.from(bytes).toString('latin1').replace(from, to);
    expect(() => decodeFits(Buffer.from(text, 'latin1'))).toThrow(reason);
  });

  it('cannot be written with the wrong number of pixels', () => {
    const image = { width: 2, height: 2, pixels: new Uint8Array(3) };
    expect(() => encodeFits(image, [])).toThrow('2 x 2 cannot have 3 pixels');
  });

  it("cannot be written with the codec's own cards", () => {
    const image = { width: 1, height: 1, pixels: new Uint8Array(1) };
    expect(() => encodeFits(image, [{ keyword: 'NAXIS', value: 3 }])).toThrow('"NAXIS"');
  });

  it('cannot be written with a scaled unsigned image', () => {
    const image = { width: 1, height: 1, pixels: new Uint16Array(1), bzero: 1 };
    expect(() => encodeFits(image, [])).toThrow('takes no BZERO');
  });
});
