import { describe, expect, it } from 'vitest';
import { seededRandom } from '#platform';
import { usualWeather } from './season.ts';
import { closedSpells, lossAt, seeingOf } from './weather.ts';

const period = { startMs: Date.UTC(2020, 0, 1), endMs: Date.UTC(2060, 0, 1) };

describe('the weather', () => {
  it('takes the share of the time that was asked for', () => {
    const spells = closedSpells(usualWeather, period, seededRandom(1));
    const closed = spells.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    expect(closed / (period.endMs - period.startMs)).toBeCloseTo(usualWeather.loss, 1);
  });

  it('has closed spells of the mean length that was asked for', () => {
    const spells = closedSpells(usualWeather, period, seededRandom(2));
    const closed = spells.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    expect(closed / spells.length / 3_600_000 / usualWeather.spellHours).toBeCloseTo(1, 1);
  });

  it('goes from spell to spell, in order and apart', () => {
    const spells = closedSpells(usualWeather, period, seededRandom(3));
    spells.slice(1).forEach(({ startMs }, i) => {
      expect(startMs).toBeGreaterThan(spells[i]?.endMs ?? Number.NaN);
    });
  });

  it('loses most about its worst day, and least half a year later', () => {
    const { loss, swing } = usualWeather;
    expect(lossAt(usualWeather, Date.UTC(2026, 0, 15))).toBeCloseTo(loss + swing, 2);
    expect(lossAt(usualWeather, Date.UTC(2026, 6, 16))).toBeCloseTo(loss - swing, 2);
  });

  it('is never closed when nothing is lost', () => {
    expect(closedSpells({ ...usualWeather, loss: 0 }, period, seededRandom(4))).toEqual([]);
  });

  it('does not count endless spells when they are said to last no time', () => {
    const week = { startMs: period.startMs, endMs: period.startMs + 7 * 86_400_000 };
    const spells = closedSpells({ ...usualWeather, spellHours: 1e-300 }, week, seededRandom(6));
    expect(spells.length).toBeGreaterThan(100);
    expect(spells.length).toBeLessThan(2000);
  });

  it('has a seeing that is as often better as worse than its median', () => {
    const random = seededRandom(5);
    const nights = Array.from({ length: 2000 }, () => seeingOf(usualWeather, random));
    const better = nights.filter((seeing) => seeing < usualWeather.seeingArcsec).length;
    expect(better / nights.length).toBeCloseTo(0.5, 1);
  });
});
