import { describe, expect, it } from 'vitest';
import { type PixelPoint, projector } from '#fits';
import { starsNear } from './star-catalogue.ts';
import { skyCatalogue } from './star-catalogue-file.ts';
import { drawField, type FieldRequest } from './star-field.ts';

const request: FieldRequest = {
  center: { raDeg: 130.1, decDeg: 19.67 },
  width: 256,
  height: 200,
  pixelArcsec: 2.03,
  exposureSeconds: 30,
  filter: {
    name: 'r',
    aliases: [],
    wavelengthNm: 620,
    zeroPointMag: 25.2,
    focusSteps: 0,
    skyMag: 21,
  },
  detector: {
    width: 256,
    height: 200,
    pixelArcsec: 2.03,
    gainElectronsPerAdu: 1.8,
    readNoiseElectrons: 6,
    biasAdu: 1000,
    darkElectronsPerSecond: 0.02,
    temperatureC: -110,
    temperatureToleranceC: 2,
    coolDegPerMinute: 20,
    coolWaitSeconds: 1800,
    readoutSeconds: 6,
  },
  seed: 1,
  skySeed: 1,
  twilightMag: null,
  seeingArcsec: 2.4,
  transmission: 1,
  transients: [],
};

/** Where the light that `after` has and `before` has not has its centre, near a pixel. */
function centroid(
  { before, after }: { before: Uint16Array; after: Uint16Array },
  near: PixelPoint,
): PixelPoint {
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let y = Math.round(near.y) - 4; y <= Math.round(near.y) + 4; y++) {
    for (let x = Math.round(near.x) - 4; x <= Math.round(near.x) + 4; x++) {
      const at = y * request.width + x;
      const light = (after[at] as number) - (before[at] as number);
      sum += light;
      sumX += light * x;
      sumY += light * y;
    }
  }
  return { x: sumX / sum, y: sumY / sum };
}

function statistics(pixels: Uint16Array): { mean: number; sigma: number } {
  const mean = pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length;
  const square = pixels.reduce((sum, pixel) => sum + (pixel - mean) ** 2, 0) / pixels.length;
  return { mean, sigma: Math.sqrt(square) };
}

function distance(a: PixelPoint, b: PixelPoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The field as the simulator draws it, with the catalogue of PyROS. */
const draw = (request: FieldRequest) => drawField(request, skyCatalogue());

describe('a field of the simulated sky', () => {
  it('has a star of Praesepe at the pixel that the header tells', () => {
    const star = starsNear(skyCatalogue().stars, { center: request.center, radiusDeg: 0.02 })[0];
    if (!star) throw new Error('the catalogue lost HIP 42549');
    // So short that the star does not saturate.
    const short = { ...request, exposureSeconds: 0.002 };
    const at = projector(request)(star) as PixelPoint;
    const frames = { before: draw({ ...short, transmission: 0 }), after: draw(short) };
    expect(distance(centroid(frames, at), at)).toBeLessThan(0.1);
  });

  it('gives the same bytes for the same request', () => {
    expect(draw(request)).toEqual(draw(request));
  });

  it('has the same stars at every visit, under another noise', () => {
    const [first, second] = [draw(request), draw({ ...request, seed: 2 })];
    const bright = (pixels: Uint16Array) =>
      [...pixels.keys()].filter((i) => (pixels[i] as number) > 20_000);
    const common = bright(first).filter((i) => (second[i] as number) > 18_000);
    expect(common.length).toBe(bright(first).length);
    expect(first).not.toEqual(second);
  });

  it('has noise that two visits do not share', () => {
    const sky = { ...request, exposureSeconds: 5, filter: { ...request.filter, zeroPointMag: 0 } };
    const [first, second] = [draw(sky), draw({ ...sky, seed: 2 })];
    const [a, b] = [statistics(first), statistics(second)];
    const product = first.reduce(
      (sum, pixel, i) => sum + (pixel - a.mean) * ((second[i] as number) - b.mean),
      0,
    );
    expect(Math.abs(product / first.length / (a.sigma * b.sigma))).toBeLessThan(0.03);
  });

  it('is bias, dark and read noise alone when no light comes in', () => {
    const { mean, sigma } = statistics(draw({ ...request, transmission: 0 }));
    const dark = 0.02 * 30;
    expect(mean).toBeCloseTo(1000 + dark / 1.8, 0);
    expect(sigma).toBeCloseTo(Math.sqrt(36 + dark + 1.8 ** 2 / 12) / 1.8, 1);
  });

  it('has the sky that the filter tells', () => {
    const sky = 10 ** (0.4 * (25.2 - 21)) * 2.03 ** 2 * 30;
    const sorted = draw(request).toSorted();
    const median = sorted[sorted.length >> 1] as number;
    expect(Math.abs(median - 1000 - sky / 1.8)).toBeLessThan(150);
  });

  it('saturates and does not wrap', () => {
    const pixels = draw({ ...request, exposureSeconds: 3600 });
    expect(Math.min(...pixels)).toBe(65_535);
  });

  it('shows a burst with the light of its magnitude', () => {
    const place = { raDeg: 130.14, decDeg: 19.62 };
    const burst = draw({ ...request, transients: [{ ...place, magnitude: 15 }] });
    const before = draw(request);
    const light = burst.reduce((sum, pixel, i) => sum + pixel - (before[i] as number), 0);
    const expected = (10 ** (0.4 * (25.2 - 15)) * 30) / 1.8;
    expect(light / expected).toBeGreaterThan(0.95);
    expect(light / expected).toBeLessThan(1.05);
  });

  it('puts a faint burst where it is to a tenth of a pixel', () => {
    const field = { ...request, center: { raDeg: 202.9436, decDeg: 29.2763 } };
    const place = { raDeg: 202.95, decDeg: 29.29 };
    const at = projector(field)(place) as PixelPoint;
    const after = draw({ ...field, transients: [{ ...place, magnitude: 14 }] });
    expect(distance(centroid({ before: draw(field), after }, at), at)).toBeLessThan(0.1);
  });

  it('shows the light of a bright star that stands just outside', () => {
    const vega = { raDeg: 279.2347, decDeg: 38.7837 };
    const field = { ...request, center: { raDeg: vega.raDeg, decDeg: vega.decDeg - 0.065 } };
    const pixels = draw(field);
    const inMiddle = (y: number) => pixels[y * 256 + 128] as number;
    expect(inMiddle(199)).toBeGreaterThan(2 * inMiddle(0));
  });

  it('is drawn faster than it is read out', () => {
    const large = { ...request, width: 768, height: 768 };
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      draw(large);
      return performance.now() - start;
    });
    // 15 ms on a quiet machine; the margin is for busy ones.
    expect(Math.min(...times)).toBeLessThan(100);
  });
});
