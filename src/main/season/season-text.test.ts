import { describe, expect, it } from 'vitest';
import {
  type SeasonInput,
  simulateSeason,
  usualAlerts,
  usualTroubles,
} from '../../planning/season/index.ts';
import { busySeason, quietSeason } from '../../planning/season/season-builders.ts';
import { comparisonText } from './comparison-text.ts';
import { seasonText } from './season-text.ts';
import { delayText, signed, tableText } from './table-text.ts';

const input: SeasonInput = { ...busySeason(3, 30), alerts: usualAlerts, troubles: usualTroubles };
const report = simulateSeason(input);
const lines = (text: string) => text.split('\n');

describe('the report of a season, in the terminal', () => {
  it('has a line for each program, and one for all', () => {
    const text = seasonText(report, input, 'U at S');
    for (const { name, done } of report.programs) {
      expect(lines(text).find((line) => line.startsWith(`${name} `))).toContain(` ${done} `);
    }
    expect(text).toMatch(/^All /m);
  });

  it('draws one character for each night, at its day of the month', () => {
    const month = lines(seasonText(report, input, 'U at S')).find((line) =>
      line.startsWith('  2026-03'),
    );
    expect(month?.slice(0, 20)).toBe('  2026-03           ');
    expect(month?.slice(20, 23)).toMatch(/^[▁▂▃▄▅▆▇█·∘]{3}$/u);
  });

  it('says first that it is a partial one', () => {
    const partial = simulateSeason(input, (done) => done < 1);
    const [, , second] = lines(seasonText(partial, input, 'U at S'));
    expect(second).toBe('PARTIAL: ended after 1 of 3 nights; all figures are of these nights.');
  });

  it('stays whole when nothing was asked for and it never got dark', () => {
    const site = { latDeg: 78, lonDeg: 15, altitudeM: 0 };
    const polar = quietSeason({
      fromNight: '2026-06-10',
      untilNight: '2026-06-13',
      constraints: { ...input.constraints, site },
    });
    const text = seasonText(simulateSeason(polar), polar, 'U at S');
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
    expect(text).toContain('Dark time: 0.0 h in 3 nights');
  });
});

describe('the comparison of two settings', () => {
  it('shows no change between a season and itself', () => {
    const text = comparisonText(report, report, ['slew=4']);
    expect(text).toContain('WHAT IF  slew=4');
    expect(text).toContain('weighted minutes 0.0 %');
    expect(text).not.toMatch(/ [+−]\d/);
  });

  it('shows by how much a program loses', () => {
    const smaller = { ...input, sequences: input.sequences.filter(({ id }) => id > 15) };
    const changed = simulateSeason(smaller);
    const text = comparisonText(report, changed, ['accept=0.5']);
    const difference = changed.total.done - report.total.done;
    expect(difference).toBeLessThan(0);
    expect(lines(text).find((line) => line.startsWith('All'))).toContain(`−${-difference}`);
  });
});

describe('the figures of a report', () => {
  it('bear their sign, and none when they are nothing', () => {
    expect(['3', '-3', '0.0', '-0.0'].map(signed)).toEqual(['+3', '−3', '0.0', '0.0']);
  });

  it('are in a unit that people can read', () => {
    expect([45, 720, 12_240].map(delayText)).toEqual(['45 s', '12 min', '3.4 h']);
  });

  it('stand in columns', () => {
    const rows = [
      ['a', 'long'],
      ['bcd', '1'],
    ];
    expect(tableText(rows)).toEqual(['a    long', 'bcd     1']);
  });
});
