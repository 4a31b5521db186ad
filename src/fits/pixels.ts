/** The array decides how pixels are stored; `Uint16Array` is BITPIX 16 with BZERO 32768. */
export type Pixels =
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** An image: `pixels` row by row, the first row at the bottom of the sky picture. */
export interface FitsImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Pixels;
  /** Physical value = `bzero` + `bscale` * pixel; 0 and 1 when absent. Not for `Uint16Array`. */
  readonly bzero?: number;
  readonly bscale?: number;
}

export type Bitpix = 8 | 16 | 32 | -32 | -64;

/** Whether FITS knows a pixel of so many bits (negative for floats) and so does the codec. */
export function isBitpix(value: number): value is Bitpix {
  return [8, 16, 32, -32, -64].includes(value);
}

/** How a FITS file stores these pixels. */
export function bitpixOf(pixels: Pixels): Bitpix {
  if (pixels instanceof Uint8Array) return 8;
  if (pixels instanceof Int32Array) return 32;
  if (pixels instanceof Float32Array) return -32;
  return pixels instanceof Float64Array ? -64 : 16;
}

/** Physical values of an image: its pixels with BZERO and BSCALE applied. */
export function physicalPixels(image: FitsImage): Float64Array {
  const { bzero = 0, bscale = 1 } = image;
  return Float64Array.from(image.pixels, (pixel) => bzero + bscale * pixel);
}

/** Writes pixels big-endian from the start of `view`, which must be large enough. */
export function writePixels(view: DataView, pixels: Pixels): void {
  // One loop for each kind, without a callback, so that the engine compiles each to plain stores.
  if (pixels instanceof Uint8Array) {
    new Uint8Array(view.buffer, view.byteOffset).set(pixels);
  } else if (pixels instanceof Uint16Array) {
    for (let i = 0; i < pixels.length; i++) view.setUint16(2 * i, (pixels[i] as number) ^ 0x8000);
  } else if (pixels instanceof Int16Array) {
    for (let i = 0; i < pixels.length; i++) view.setInt16(2 * i, pixels[i] as number);
  } else if (pixels instanceof Int32Array) {
    for (let i = 0; i < pixels.length; i++) view.setInt32(4 * i, pixels[i] as number);
  } else if (pixels instanceof Float32Array) {
    for (let i = 0; i < pixels.length; i++) view.setFloat32(4 * i, pixels[i] as number);
  } else {
    for (let i = 0; i < pixels.length; i++) view.setFloat64(8 * i, pixels[i] as number);
  }
}

/** Reads `count` big-endian pixels from the start of `view`. */
export function readPixels(view: DataView, count: number, kind: PixelKind): Pixels {
  switch (kind.bitpix) {
    case 8:
      return new Uint8Array(view.buffer, view.byteOffset, count).slice();
    case 16:
      return kind.isUnsigned ? readUint16(view, count) : readInt16(view, count);
    case 32:
      return fill(new Int32Array(count), (i) => view.getInt32(4 * i));
    case -32:
      return fill(new Float32Array(count), (i) => view.getFloat32(4 * i));
    case -64:
      return fill(new Float64Array(count), (i) => view.getFloat64(8 * i));
  }
}

/** What the header says of the pixels. */
export interface PixelKind {
  readonly bitpix: Bitpix;
  /** BITPIX 16 that holds 0 to 65535, by BZERO 32768. */
  readonly isUnsigned: boolean;
}

function readUint16(view: DataView, count: number): Uint16Array {
  const pixels = new Uint16Array(count);
  for (let i = 0; i < count; i++) pixels[i] = view.getUint16(2 * i) ^ 0x8000;
  return pixels;
}

function readInt16(view: DataView, count: number): Int16Array {
  const pixels = new Int16Array(count);
  for (let i = 0; i < count; i++) pixels[i] = view.getInt16(2 * i);
  return pixels;
}

function fill<T extends Pixels>(pixels: T, valueAt: (index: number) => number): T {
  for (let i = 0; i < pixels.length; i++) pixels[i] = valueAt(i);
  return pixels;
}
