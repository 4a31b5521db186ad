import { describe, expect, it } from 'vitest';
import { albumsSeconds, DITHER_SECONDS } from './cost.ts';
import type { Album } from './request.ts';

const vis = { alias: 'VIS', wheelSeconds: 4, detector: { readoutSeconds: 6 } };
const nir = { alias: 'NIR', wheelSeconds: 5, detector: { readoutSeconds: 3 } };

function album(channel: string, ...plans: readonly [string, number, number][]): Album {
  return {
    name: channel,
    channel,
    plans: plans.map(([filter, exposureSeconds, images]) => ({
      name: filter,
      filter,
      exposureSeconds,
      images,
    })),
  };
}

describe('the duration of a sequence', () => {
  it('counts a readout for each image', () => {
    expect(albumsSeconds([album('VIS', ['z', 10, 5])], [vis])).toBe(80);
  });

  it('is that of the longest channel, for they work at the same time', () => {
    const albums = [album('VIS', ['r', 60, 2]), album('NIR', ['J', 100, 3])];
    expect(albumsSeconds(albums, [vis, nir])).toBe(309);
  });

  it('adds up the plans of one channel and the changes of filter between them', () => {
    expect(albumsSeconds([album('VIS', ['g', 10, 1], ['r', 20, 1])], [vis])).toBe(46);
  });

  it('adds up two albums on the same channel', () => {
    const albums = [album('VIS', ['g', 10, 1]), album('VIS', ['g', 10, 1])];
    expect(albumsSeconds(albums, [vis])).toBe(32);
  });

  it('counts a dither between any two images', () => {
    const dithered = { ...album('VIS', ['r', 60, 3]), ditherArcsec: 10 };
    expect(albumsSeconds([dithered], [vis])).toBe(3 * 66 + 2 * DITHER_SECONDS);
  });

  it('counts the dithers of the channel that has most of them, for no channel exposes meanwhile', () => {
    const albums = [
      { ...album('VIS', ['r', 60, 3]), ditherArcsec: 10 },
      { ...album('NIR', ['J', 100, 2]), ditherArcsec: 10 },
    ];
    expect(albumsSeconds(albums, [vis, nir])).toBe(206 + 2 * DITHER_SECONDS);
  });

  it('is nothing without albums', () => {
    expect(albumsSeconds([], [vis])).toBe(0);
  });
});
