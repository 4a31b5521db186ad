import { describe, expect, it } from 'vitest';
import { altAz } from './horizontal.ts';
import { risesAndSets } from './rise-set.ts';
import { moonRiseSet } from './sun-moon.ts';

const site = { latDeg: 43.75203, lonDeg: 6.92353, altitudeM: 1320 };
const startMs = Date.parse('2026-11-22T12:00:00Z');
const day = { startMs, endMs: startMs + 86_400_000 };
const crab = { raDeg: 83.63, decDeg: 22.01 };
const sense = (crossing: { rising: boolean }) => (crossing.rising ? 'rise' : 'set');

describe('the rises and sets of a target', () => {
  it('are where its elevation is that of a flat horizon', () => {
    const found = risesAndSets(crab, site, { ...day, horizon: [] });
    expect(found.map(sense)).toEqual(['rise', 'set']);
    for (const { atMs } of found) {
      expect(Math.abs(altAz(crab, site, atMs).altDeg)).toBeLessThan(0.001);
    }
  });

  it('are where its elevation is the least one', () => {
    const found = risesAndSets(crab, site, { ...day, horizon: [], minAltDeg: 30 });
    expect(found.map(sense)).toEqual(['rise', 'set']);
    for (const { atMs } of found) expect(altAz(crab, site, atMs).altDeg).toBeCloseTo(30, 2);
  });

  it('hold every tooth of the line, even one of a tenth of a degree', () => {
    const horizon = [
      { azDeg: 0, altDeg: 10 },
      { azDeg: 120, altDeg: 80 },
      { azDeg: 120.1, altDeg: 10 },
      { azDeg: 200, altDeg: 75 },
      { azDeg: 210, altDeg: 10 },
    ];
    const found = risesAndSets(crab, site, { ...day, horizon });
    expect(found.map(sense)).toEqual(['rise', 'set', 'rise', 'set', 'rise', 'set']);
    const azimuths = found.slice(1, 5).map(({ atMs }) => altAz(crab, site, atMs).azDeg);
    for (const [i, azDeg] of [120, 120.1, 200, 210].entries()) {
      expect(azimuths[i]).toBeCloseTo(azDeg, 2);
    }
  });

  it('are none for a star that never sets, nor for one that never rises', () => {
    const search = { ...day, horizon: [] };
    expect(risesAndSets({ raDeg: 38, decDeg: 89.2 }, site, search)).toEqual([]);
    expect(risesAndSets({ raDeg: 38, decDeg: -60 }, site, search)).toEqual([]);
  });

  it('come once a sidereal day', () => {
    const week = { startMs, endMs: startMs + 7 * 86_400_000, horizon: [] };
    const rises = risesAndSets(crab, site, week).filter(({ rising }) => rising);
    expect(rises).toHaveLength(7);
    const [first, second] = rises;
    expect(((second?.atMs ?? 0) - (first?.atMs ?? 0)) / 1000).toBeCloseTo(86_164.1, 0);
  });

  it('are those of the almanac for the Moon, but for refraction and radius', () => {
    const search = { ...day, horizon: [{ azDeg: 0, altDeg: -0.833 }] };
    const found = risesAndSets({ kind: 'BODY', body: 'Moon' }, site, search);
    const { riseMs, setMs } = moonRiseSet(site, day.startMs, day.endMs);
    for (const { atMs, rising } of found) {
      expect(Math.abs(atMs - ((rising ? riseMs : setMs) ?? 0))).toBeLessThan(60_000);
    }
    expect(found).toHaveLength(2);
  });

  it('are none in an empty stretch', () => {
    const search = { startMs, endMs: startMs - 1, horizon: [] };
    expect(risesAndSets(crab, site, search)).toEqual([]);
  });

  it.each([Number.POSITIVE_INFINITY, Number.NaN, Date.UTC(9999, 0, 1)])(
    'are refused for a stretch that ends at %d',
    (endMs) => {
      const search = { startMs, endMs, horizon: [] };
      expect(() => risesAndSets(crab, site, search)).toThrow('cannot be followed');
    },
  );
});
