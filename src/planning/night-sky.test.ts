import { describe, expect, it } from 'vitest';
import { altAz, moonPosition, separationDeg } from '#sky';
import { valueAt } from './curve.ts';
import { nightSky, trackOf } from './night-sky.ts';

const site = { latDeg: 43.75203, lonDeg: 6.92353, altitudeM: 1320 };
const startMs = Date.UTC(2014, 3, 23, 19, 33);
const span = { startMs, endMs: startMs + 28_400_000 };
const sky = nightSky(site, span);
const instants = Array.from({ length: 400 }, (_, i) => startMs + i * 71_000);

describe('the track of a target', () => {
  it.each([
    ['passing 3° from the zenith', { raDeg: 202.47, decDeg: 47.195 }],
    ['rising in the east', { raDeg: 300, decDeg: 10 }],
    ['circling the pole', { raDeg: 148.97, decDeg: 69.68 }],
  ])('%s is within 0.05° of its elevation', (_, target) => {
    const track = trackOf(target, sky);
    for (const ms of instants) {
      const error = valueAt(track.altDeg, ms) - altAz(target, site, ms).altDeg;
      expect(Math.abs(error)).toBeLessThan(0.05);
    }
  });

  it('does not jump when the azimuth passes north', () => {
    const target = { raDeg: 148.97, decDeg: 69.68 };
    const { values } = trackOf(target, sky).azDeg;
    const jumps = values.slice(1).filter((az, i) => Math.abs(az - (values[i] ?? az)) > 10);
    expect(jumps).toHaveLength(0);
  });

  it('is within 0.1° of its distance to the Moon', () => {
    const target = { raDeg: 300, decDeg: 10 };
    const track = trackOf(target, sky);
    for (const ms of instants) {
      const exact = separationDeg(moonPosition(site, ms), target);
      expect(Math.abs(valueAt(track.moonDistanceDeg, ms) - exact)).toBeLessThan(0.1);
    }
  });
});
