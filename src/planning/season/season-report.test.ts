import { describe, expect, it } from 'vitest';
import { jainIndex } from './season-report.ts';

describe("Jain's index", () => {
  it('is 1 when all are served alike, and 1/n when one has it all', () => {
    expect(jainIndex([0.4, 0.4, 0.4])).toBeCloseTo(1, 12);
    expect(jainIndex([0.9, 0, 0])).toBeCloseTo(1 / 3, 12);
  });

  it('is 1 when nobody got anything, and none without shares', () => {
    expect(jainIndex([0, 0])).toBe(1);
    expect(jainIndex([])).toBeNull();
  });
});
