import { describe, expect, it } from 'vitest';
import { stretch } from './preview.ts';

/** A flat sky with a little structure, and one star. */
function field(width: number, height: number, star: { x: number; y: number }): Uint16Array {
  const pixels = Uint16Array.from({ length: width * height }, (_, i) => 1000 + ((i * 7919) % 41));
  pixels[star.y * width + star.x] = 60_000;
  return pixels;
}

function brightest(gray: Uint8Array): number {
  return gray.indexOf(Math.max(...gray));
}

describe('a preview', () => {
  it('shows the first row of the image at the bottom', () => {
    const preview = stretch(field(20, 10, { x: 3, y: 0 }), { width: 20, height: 10, maxSize: 20 });
    expect(brightest(preview.gray)).toBe(9 * 20 + 3);
  });

  it('is never larger than asked', () => {
    const preview = stretch(field(100, 40, { x: 0, y: 0 }), {
      width: 100,
      height: 40,
      maxSize: 30,
    });
    expect([preview.width, preview.height]).toEqual([25, 10]);
  });

  it('keeps an image that is small enough as large as it is', () => {
    const preview = stretch(field(12, 9, { x: 0, y: 0 }), { width: 12, height: 9, maxSize: 512 });
    expect([preview.width, preview.height]).toEqual([12, 9]);
  });

  it('keeps the place of a star when it shrinks', () => {
    const preview = stretch(field(64, 64, { x: 40, y: 8 }), { width: 64, height: 64, maxSize: 16 });
    expect(brightest(preview.gray)).toBe((15 - 2) * 16 + 10);
  });

  it('shows the sky dark and the star white', () => {
    const { gray } = stretch(field(50, 50, { x: 9, y: 9 }), { width: 50, height: 50, maxSize: 50 });
    const sky = [...gray].sort((a, b) => a - b)[1250] as number;
    expect(sky).toBeGreaterThan(10);
    expect(sky).toBeLessThan(110);
    expect(Math.max(...gray)).toBe(255);
  });

  it('draws pixels that are not numbers black', () => {
    const pixels = Float32Array.of(1, 2, Number.NaN, 3);
    expect(stretch(pixels, { width: 4, height: 1, maxSize: 4 }).gray[2]).toBe(0);
  });

  it('does not fail on a constant image', () => {
    const { gray } = stretch(new Uint16Array(9), { width: 3, height: 3, maxSize: 3 });
    expect(new Set(gray).size).toBe(1);
  });
});
