import { describe, expect, it } from 'vitest';
import { type Canvas, PointSpread } from './point-spread.ts';

function canvas(): Canvas {
  return { width: 101, height: 101, electrons: new Float32Array(101 * 101) };
}

function total({ electrons }: Canvas): number {
  return electrons.reduce((sum, value) => sum + value, 0);
}

describe('the image of a star', () => {
  it.each([
    [0.6, 1e3],
    [1.2, 1e3],
    [1.2, 1e7],
    [4, 1e5],
  ])('of %f pixels holds all the light of a star of %d electrons', (fwhm, electrons) => {
    const image = canvas();
    new PointSpread(fwhm, electrons / 1e7).add(image, { x: 50.3, y: 49.8, electrons });
    expect(total(image) / electrons).toBeGreaterThan(0.97);
    expect(total(image) / electrons).toBeLessThan(1.03);
  });

  it('is half as bright at half its width', () => {
    const image = canvas();
    new PointSpread(10, 1e-3).add(image, { x: 50, y: 50, electrons: 1e5 });
    const at = (x: number) => image.electrons[50 * 101 + x] as number;
    expect(at(55) / at(50)).toBeCloseTo(0.5, 1);
  });

  it('shows no step where its stamp ends', () => {
    const image = canvas();
    new PointSpread(1, 1e-6).add(image, { x: 50, y: 50, electrons: 1e6 });
    const row = Array.from({ length: 30 }, (_, i) => image.electrons[50 * 101 + 50 + i] as number);
    const ratios = row.slice(1).map((value, i) => value / (row[i] as number));
    expect(Math.max(...ratios)).toBeLessThan(1);
    expect(Math.min(...ratios.slice(4))).toBeGreaterThan(0.25);
  });

  it('is cut at the edge of the canvas', () => {
    const image = canvas();
    new PointSpread(2, 1e-3).add(image, { x: -0.5, y: 50, electrons: 1e4 });
    expect(total(image) / 1e4).toBeCloseTo(0.5, 1);
  });
});
