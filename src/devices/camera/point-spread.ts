/** Where light is collected: electrons, row by row from the bottom. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly electrons: Float32Array;
}

/** A source of light on a canvas; the centre of the first pixel is (0, 0). */
export interface PointSource {
  readonly x: number;
  readonly y: number;
  readonly electrons: number;
}

/** Fractions of a star's light in the pixels around it, for one place of the star in its pixel. */
interface Stamp {
  readonly radius: number;
  readonly values: Float32Array;
}

/** Places within a pixel, per axis, that have a stamp of their own. */
const PHASES = 8;
/** Pixels from a star beyond which its light is not drawn, however bright it is. */
export const LARGEST_RADIUS = 400;
/** A star whose wing is so many times wider than a stamp gets a stamp of its own. */
const BRIGHT_RADII = 2;

/**
 * The image of a star: a Moffat profile of exponent 3 (Moffat 1969), whose wings are those of
 * turbulent air. Faint stars share ready stamps, placed to 1/16 pixel; bright ones are computed.
 */
export class PointSpread {
  /** The scale of the profile, pixels. */
  readonly #alpha: number;
  readonly #radius: number;
  readonly #subsamples: number;
  /** Electrons in a pixel below which a wing is not worth drawing. */
  readonly #floor: number;
  /** Light of a wing at one pixel from the star, for one electron. */
  readonly #wingFactor: number;
  readonly #stamps: (Stamp | undefined)[] = [];

  /** `fwhm` in pixels; light fainter than `floor` electrons a pixel may be left out. */
  constructor(fwhm: number, floor: number) {
    this.#alpha = fwhm / (2 * Math.sqrt(2 ** (1 / 3) - 1));
    this.#radius = Math.min(32, Math.max(4, Math.ceil(4 * this.#alpha)));
    this.#subsamples = fwhm < 2 ? 5 : 3;
    this.#floor = floor;
    this.#wingFactor = (2 * this.#alpha ** 4) / Math.PI;
  }

  /** Adds the light of a star. */
  add(canvas: Canvas, star: PointSource): void {
    // Far out, the light in a pixel is 2 F alpha^4 / (pi r^6): where does it sink below the floor?
    const wing = Math.cbrt(Math.sqrt((this.#wingFactor * star.electrons) / this.#floor));
    const column = Math.round(star.x);
    const row = Math.round(star.y);
    const isBright = wing > BRIGHT_RADII * this.#radius;
    const stamp = isBright
      ? this.#stamp(star.x - column, star.y - row)
      : this.#nearestStamp(star.x - column, star.y - row);
    const reach = Math.max(1, Math.min(this.#radius, Math.ceil(wing)));
    addStamp(canvas, { column, row, reach, electrons: star.electrons }, stamp);
    if (wing > this.#radius) this.#addWing(canvas, star, Math.min(LARGEST_RADIUS, Math.ceil(wing)));
  }

  /** The profile outside the stamp, where it hardly changes within a pixel. */
  #addWing(canvas: Canvas, star: PointSource, reach: number): void {
    const { width, height, electrons } = canvas;
    const column = Math.round(star.x);
    const row = Math.round(star.y);
    const alpha2 = this.#alpha * this.#alpha;
    const scale = (2 / (Math.PI * alpha2)) * star.electrons;
    const right = Math.min(width - 1, column + reach);
    for (let y = Math.max(0, row - reach); y <= Math.min(height - 1, row + reach); y++) {
      const isCoreRow = Math.abs(y - row) <= this.#radius;
      const dy2 = (y - star.y) * (y - star.y);
      for (let x = Math.max(0, column - reach); x <= right; x++) {
        if (isCoreRow && x >= column - this.#radius && x <= column + this.#radius) continue;
        const u = 1 + ((x - star.x) * (x - star.x) + dy2) / alpha2;
        const at = y * width + x;
        electrons[at] = (electrons[at] as number) + scale / (u * u * u);
      }
    }
  }

  #nearestStamp(dx: number, dy: number): Stamp {
    const px = Math.min(PHASES - 1, Math.floor((dx + 0.5) * PHASES));
    const py = Math.min(PHASES - 1, Math.floor((dy + 0.5) * PHASES));
    const known = this.#stamps[py * PHASES + px];
    if (known) return known;
    const stamp = this.#stamp((px + 0.5) / PHASES - 0.5, (py + 0.5) / PHASES - 0.5);
    this.#stamps[py * PHASES + px] = stamp;
    return stamp;
  }

  /** A star off the middle of its pixel by (`dx`, `dy`); every pixel is averaged over sub-pixels. */
  #stamp(dx: number, dy: number): Stamp {
    const radius = this.#radius;
    const size = 2 * radius + 1;
    const n = this.#subsamples;
    const scale = 2 / (Math.PI * this.#alpha ** 2) / n ** 2;
    const alpha2 = this.#alpha * this.#alpha;
    const values = new Float32Array(size * size);
    for (let i = 0; i < values.length; i++) {
      const left = (i % size) - radius - dx - 0.5 + 0.5 / n;
      const low = Math.floor(i / size) - radius - dy - 0.5 + 0.5 / n;
      let sum = 0;
      for (let k = 0; k < n * n; k++) {
        const x = left + (k % n) / n;
        const y = low + Math.floor(k / n) / n;
        const u = 1 + (x * x + y * y) / alpha2;
        sum += 1 / (u * u * u);
      }
      values[i] = sum * scale;
    }
    return { radius, values };
  }
}

function addStamp(
  canvas: Canvas,
  at: { column: number; row: number; reach: number; electrons: number },
  stamp: Stamp,
): void {
  const { column, row, reach, electrons } = at;
  const { width, height, electrons: canvasElectrons } = canvas;
  const size = 2 * stamp.radius + 1;
  const left = Math.max(0, column - reach);
  const right = Math.min(width - 1, column + reach);
  for (let y = Math.max(0, row - reach); y <= Math.min(height - 1, row + reach); y++) {
    const from = (y - row + stamp.radius) * size + stamp.radius - column;
    for (let x = left; x <= right; x++) {
      const to = y * width + x;
      canvasElectrons[to] =
        (canvasElectrons[to] as number) + electrons * (stamp.values[from + x] as number);
    }
  }
}
