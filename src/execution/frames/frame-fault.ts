import type { RawFrame } from '#devices';

/** What the frame should be. */
export interface FrameWish {
  readonly exposureId: string;
  readonly width: number;
  readonly height: number;
  readonly filter: string;
  /** Null: as long as it was, e.g. one that was cut. */
  readonly seconds: number | null;
}

/** An exposure may last so much less than asked, seconds. */
const SHORT_SECONDS = 0.5;
/** More rows without any noise than this part are no image. */
const FLAT_ROWS = 0.02;
/**
 * Values are 16 bits. Of noise over the whole range 56 % of the pixels differ from the one beside them by
 * more than a quarter of it; of an image, full of saturated stars as it may be, far less.
 */
const JUMPING_PART = 0.3;
const QUARTER = 16_384;

/** Why a frame is not the image that was asked for (hazard F25), in a sentence; null when it is. */
export function faultOfFrame(frame: RawFrame, wish: FrameWish): string | null {
  return formFault(frame, wish) ?? pixelFault(frame);
}

function formFault(frame: RawFrame, wish: FrameWish): string | null {
  const { exposureId, width, height, filter, seconds, pixels } = frame;
  if (exposureId !== wish.exposureId) return `It is the image of ${exposureId}.`;
  if (width !== wish.width || height !== wish.height) {
    return `It has ${width} × ${height} pixels instead of ${wish.width} × ${wish.height}.`;
  }
  if (pixels.length !== width * height) {
    return `It has ${pixels.length} of ${width * height} pixels.`;
  }
  if (filter !== wish.filter) return `It was taken through ${filter} instead of ${wish.filter}.`;
  if (wish.seconds !== null && seconds < wish.seconds - SHORT_SECONDS) {
    return `It lasted ${seconds} s instead of ${wish.seconds} s.`;
  }
  return null;
}

function pixelFault({ width, height, pixels }: RawFrame): string | null {
  let flatRows = 0;
  let jumps = 0;
  for (let row = 0; row < height; row++) {
    const end = (row + 1) * width;
    let before = pixels[row * width] ?? 0;
    let isFlat = width > 1;
    for (let at = row * width + 1; at < end; at++) {
      const value = pixels[at] ?? 0;
      if (value !== before) isFlat = false;
      if (Math.abs(value - before) > QUARTER) jumps++;
      before = value;
    }
    if (isFlat) flatRows++;
  }
  if (flatRows > height * FLAT_ROWS)
    return `${flatRows} of its ${height} rows hold one value only.`;
  if (jumps <= pixels.length * JUMPING_PART) return null;
  return 'Its values are noise over the whole range of the converter.';
}
