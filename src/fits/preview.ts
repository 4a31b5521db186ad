/** A picture for the screen: one byte a pixel, first row at the top. */
export interface Preview {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;
}

/** Values that decide the stretch: enough for steady percentiles, few enough to sort at once. */
const SAMPLE = 20_000;
const BLACK_SIGMAS = 1.5;
const WHITE_PERCENTILE = 0.998;
/** Where the stretch turns from linear to logarithmic, in sigmas of the sky above black. */
const SOFTENING_SIGMAS = 2.5;

/**
 * Shrinks an image by whole-number binning (area means) until neither side exceeds `maxSize`, and
 * stretches it with asinh (Lupton et al. 2004) from just below the sky to the brightest 0.2 %. Rows
 * go in from the bottom, as in FITS, and come out from the top, as on a screen. Pixels that are not
 * numbers come out black.
 */
export function stretch(
  pixels: ArrayLike<number>,
  { width, height, maxSize }: { width: number; height: number; maxSize: number },
): Preview {
  const bin = Math.max(1, Math.ceil(Math.max(width, height) / maxSize));
  const binned = binDown(pixels, { width, height, bin });
  const levels = stretchLevels(binned.values);
  const gray = new Uint8Array(binned.values.length);
  for (let row = 0; row < binned.height; row++) {
    const from = (binned.height - 1 - row) * binned.width;
    for (let x = 0; x < binned.width; x++) {
      gray[row * binned.width + x] = grayOf(binned.values[from + x] as number, levels);
    }
  }
  return { width: binned.width, height: binned.height, gray };
}

interface Binned {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

function binDown(
  pixels: ArrayLike<number>,
  { width, height, bin }: { width: number; height: number; bin: number },
): Binned {
  const columns = Math.ceil(width / bin);
  const rows = Math.ceil(height / bin);
  const values = new Float32Array(columns * rows);
  const counts = new Uint32Array(columns);
  for (let row = 0; row < rows; row++) {
    counts.fill(0);
    const sums = values.subarray(row * columns, (row + 1) * columns);
    for (let y = row * bin; y < Math.min(height, (row + 1) * bin); y++) {
      for (let column = 0, x = 0; column < columns; column++) {
        for (const end = Math.min(width, x + bin); x < end; x++) {
          const value = pixels[y * width + x] as number;
          if (!Number.isFinite(value)) continue;
          sums[column] = (sums[column] as number) + value;
          counts[column] = (counts[column] as number) + 1;
        }
      }
    }
    for (let i = 0; i < columns; i++) sums[i] = (sums[i] as number) / (counts[i] as number);
  }
  return { width: columns, height: rows, values };
}

interface Levels {
  readonly black: number;
  readonly softening: number;
  /** What an asinh value is multiplied by to reach 255 at white. */
  readonly gain: number;
}

function stretchLevels(values: Float32Array): Levels {
  const step = Math.max(1, Math.floor(values.length / SAMPLE));
  const sample = values.filter((value, index) => index % step === 0 && Number.isFinite(value));
  sample.sort();
  const at = (fraction: number) => sample[Math.floor(fraction * (sample.length - 1))] ?? 0;
  const median = at(0.5);
  // Below the median there is sky only: stars do not widen this half of the distribution.
  const sigma = median - at(0.1587) || 1;
  const black = median - BLACK_SIGMAS * sigma;
  const white = Math.max(at(WHITE_PERCENTILE), median + 8 * sigma);
  const softening = SOFTENING_SIGMAS * sigma;
  return { black, softening, gain: 255 / Math.asinh((white - black) / softening) };
}

function grayOf(value: number, { black, softening, gain }: Levels): number {
  if (!(value > black)) return 0;
  return Math.min(255, Math.round(gain * Math.asinh((value - black) / softening)));
}
