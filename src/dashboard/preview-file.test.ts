import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { encodeFits } from '#fits';
import { tempFolder } from '#testing';
import { previewOf } from './preview-file.ts';

function fitsFile(width: number, height: number): string {
  const data = Uint16Array.from({ length: width * height }, (_, i) => 1000 + (i % 17));
  data[Math.floor(width / 2)] = 60_000;
  const file = join(tempFolder(), 'image.fits');
  writeFileSync(file, encodeFits({ width, height, pixels: data }, []));
  return file;
}

describe('a preview', () => {
  it('is a grey PNG with the shape of the image', async () => {
    const png = decode(await previewOf(fitsFile(48, 32)));
    expect(png).toMatchObject({ width: 48, height: 32, channels: 1 });
  });

  it('is made small', async () => {
    const png = decode(await previewOf(fitsFile(800, 400)));
    expect(Math.max(png.width, png.height)).toBeLessThanOrEqual(384);
    expect(png.width / png.height).toBeCloseTo(2, 1);
  });

  it('shows the star, and the sky darker than it', async () => {
    const { data } = decode(await previewOf(fitsFile(48, 32)));
    expect(Math.max(...data)).toBe(255);
    expect([...data].filter((value) => value > 200).length).toBeLessThan(data.length / 4);
  });

  it('rejects a file that is missing or no FITS', async () => {
    await expect(previewOf('/nowhere/image.fits')).rejects.toThrow();
    const file = join(tempFolder(), 'image.fits');
    writeFileSync(file, 'not an image');
    await expect(previewOf(file)).rejects.toThrow();
  });
});
