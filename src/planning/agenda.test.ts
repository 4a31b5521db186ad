import { describe, expect, it } from 'vitest';
import { byStart, endOf, type Placed, roomOf, slewBefore, type Telescope } from './agenda.ts';
import { jobsOf, minutes, openSky, sequence, slewingTelescope, timed } from './plan-builders.ts';

const at = (raDeg: number) => ({ target: { raDeg, decDeg: 0 } });
const [a, b] = jobsOf(
  openSky(
    [
      sequence(1, { ...timed([0, 60], 5), ...at(0) }),
      sequence(2, { ...timed([0, 60], 5), ...at(60) }),
    ],
    60,
  ),
);
if (a === undefined || b === undefined) throw new Error('the sky refuses them');
const agenda: readonly Placed[] = [
  { job: a, startMs: minutes(10) },
  { job: b, startMs: minutes(30) },
];
/** 1°/s, on the equator at RA 30°, free from 0 to 60 minutes. */
const telescope: Telescope = slewingTelescope({ raDeg: 30, decDeg: 0 }, 60);

describe('an agenda', () => {
  it('knows the slew before each block: from what comes before, or from where the telescope looks', () => {
    expect([0, 1].map((index) => slewBefore(agenda, index, telescope))).toEqual([30_000, 60_000]);
    expect(slewBefore(agenda, 0, { ...telescope, looksAt: null })).toBe(0);
  });

  it('knows between when a block could start with the others where they are', () => {
    expect(roomOf(agenda, 0, telescope)).toEqual({
      startMs: 30_000,
      endMs: minutes(30) - 60_000 - minutes(5),
    });
    expect(roomOf(agenda, 1, telescope)).toEqual({ startMs: minutes(16), endMs: minutes(55) });
  });

  it('is put in order by start', () => {
    expect([...agenda].reverse().sort(byStart)).toEqual(agenda);
    expect(agenda.map(endOf)).toEqual([minutes(15), minutes(35)]);
  });
});
