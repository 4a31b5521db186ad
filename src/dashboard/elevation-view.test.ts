import { describe, expect, it } from 'vitest';
import { parseIso } from '#platform';
import { moonPosition, skyAt } from '#sky';
import { nightTime, simulatedUnit } from '#testing';
import { elevationCurves, moonCurve } from './elevation-view.ts';

const { site } = simulatedUnit();
const span = { startMs: parseIso(nightTime('18:00:00')), endMs: parseIso(nightTime('05:00:00')) };
const arcturus = { raDeg: 213.915, decDeg: 19.182 };

describe('elevation curves', () => {
  it('follow their targets within a tenth of a degree', () => {
    const [first, second] = elevationCurves([{ raDeg: 10, decDeg: 80 }, arcturus], site, span);
    for (const [i, altDeg] of second?.altDeg.entries() ?? []) {
      const there = skyAt(site, span.startMs + i * 600_000).altAz(arcturus);
      expect(Math.abs(altDeg - there.altDeg)).toBeLessThan(0.1);
    }
    expect(first?.altDeg).toHaveLength(67);
    expect(second).toMatchObject({ start: nightTime('18:00:00'), stepSeconds: 600 });
  });

  it('are none for no target', () => {
    expect(elevationCurves([], site, span)).toEqual([]);
  });

  it('have the Moon where it is seen from the site', () => {
    const { altDeg } = moonCurve(site, span);
    expect(altDeg).toHaveLength(67);
    const last = moonPosition(site, span.endMs).altDeg;
    expect(altDeg.at(-1)).toBeCloseTo(last, 0);
  });
});
