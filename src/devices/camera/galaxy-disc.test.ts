import { describe, expect, it } from 'vitest';
import { addDisc } from './galaxy-disc.ts';

const shape = { x: 50, y: 50, electrons: 1e6, scale: 4, axisRatio: 0.4, angle: 0, floor: 1e-3 };

function drawn(disc: typeof shape): Float32Array {
  const electrons = new Float32Array(101 * 101);
  addDisc({ width: 101, height: 101, electrons }, disc);
  return electrons;
}

describe('the disc of a galaxy', () => {
  it('holds all its light', () => {
    const total = drawn(shape).reduce((sum, value) => sum + value, 0);
    expect(total / 1e6).toBeCloseTo(1, 1);
  });

  it('is long in the direction of its major axis', () => {
    const upright = drawn({ ...shape, angle: Math.PI / 2 });
    const at = (x: number, y: number) => upright[y * 101 + x] as number;
    expect(at(50, 60)).toBeGreaterThan(10 * at(60, 50));
  });

  it('is not drawn when it is fainter than the floor', () => {
    expect(Math.max(...drawn({ ...shape, floor: 1e9 }))).toBe(0);
  });

  it('is cut at the edge of the canvas', () => {
    const total = drawn({ ...shape, x: -0.5 }).reduce((sum, value) => sum + value, 0);
    expect(total / 1e6).toBeCloseTo(0.5, 1);
  });
});
