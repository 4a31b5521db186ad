import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { altAz } from '#sky';
import { asked, quietSeason } from './season-builders.ts';
import { darkArc, middleOfSight, sightTable } from './sight.ts';

const { constraints } = quietSeason();
const dark = { startMs: Date.UTC(2026, 2, 10, 19), endMs: Date.UTC(2026, 2, 11, 4) };
const arc = darkArc(constraints.site, dark);

function middleOf(target: { raDeg: number; decDeg: number }, durationSeconds = 1200): number {
  const table = sightTable([asked(1, { target, durationSeconds })], constraints, dark.startMs);
  return middleOfSight(table, 0, arc);
}

describe('the sight of a target', () => {
  it('is never denied to one that is up for as long as it needs', () => {
    const place = fc.record({
      raDeg: fc.double({ min: 0, max: 360, noNaN: true }),
      decDeg: fc.double({ min: -60, max: 89, noNaN: true }),
      fromMs: fc.integer({ min: dark.startMs, max: dark.endMs - 1_204_000 }),
    });
    fc.assert(
      fc.property(place, ({ fromMs, ...target }) => {
        const isUp = [fromMs, fromMs + 602_000, fromMs + 1_204_000].every(
          (ms) => altAz(target, constraints.site, ms).altDeg >= constraints.minAltDeg,
        );
        if (isUp) expect(middleOf(target)).not.toBeNaN();
      }),
    );
  });

  it('is denied to one that never rises, and to one that stays up too shortly', () => {
    expect(middleOf({ raDeg: 100, decDeg: -60 })).toBeNaN();
    expect(middleOf({ raDeg: 170, decDeg: 10 }, 12 * 3600)).toBeNaN();
  });

  it('has its middle in the middle of the dark for a circumpolar target', () => {
    expect(middleOf({ raDeg: 10, decDeg: 89 })).toBe((dark.startMs + dark.endMs) / 2);
  });

  it('has its middle where the target is high', () => {
    const target = { raDeg: 170, decDeg: 10 };
    expect(altAz(target, constraints.site, middleOf(target)).altDeg).toBeGreaterThan(50);
  });
});
