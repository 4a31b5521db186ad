import { describe, expect, it } from 'vitest';
import { parseIso } from '#platform';
import { storedSequence, tonightSources } from '#testing';
import { nightMarks, skyNow, sunAndMoon } from './sky-view.ts';

describe('the marks of a night', () => {
  it('come in the order of the night', () => {
    const { twilight } = nightMarks(tonightSources(), '2014-04-23');
    const ordered = [
      twilight.chartStart,
      twilight.sunset,
      twilight.civilDusk,
      twilight.nauticalDusk,
      twilight.astronomicalDusk,
      twilight.astronomicalDawn,
      twilight.nauticalDawn,
      twilight.civilDawn,
      twilight.sunrise,
      twilight.chartEnd,
    ];
    expect(ordered).toEqual([...ordered].sort());
    expect(ordered).not.toContain(null);
  });

  it('are null where the Sun does not sink so low, and the chart still spans the night', () => {
    const base = tonightSources();
    const site = { name: 'North', latDeg: 60, lonDeg: 7, altitudeM: 0 };
    const { twilight } = nightMarks({ ...base, unit: { ...base.unit, site } }, '2014-06-20');
    expect(twilight.astronomicalDusk).toBeNull();
    expect(Date.parse(twilight.chartEnd)).toBeGreaterThan(Date.parse(twilight.chartStart));
  });

  it('are those of the night that is asked for', () => {
    const first = nightMarks(tonightSources(), '2014-04-23');
    expect(nightMarks(tonightSources(), '2014-04-24')).not.toEqual(first);
    expect(nightMarks(tonightSources(), '2014-04-23')).toEqual(first);
  });
});

function inM51(status: 'PLANNED' | 'DONE' | 'UNPLANNABLE', decDeg: number) {
  const skyTarget = { raDeg: 202.5, decDeg };
  return storedSequence(1, { status, target: { name: 'M51', ...skyTarget }, skyTarget });
}

describe('the sky now', () => {
  const sky = (status: 'PLANNED' | 'DONE' | 'UNPLANNABLE', decDeg = 47) =>
    skyNow(tonightSources({ sequences: [inM51(status, decDeg)] }));

  it('has M51 high in the night of April', () => {
    expect(sky('PLANNED').targets).toMatchObject([{ name: 'M51', state: 'planned' }]);
    expect(sky('PLANNED').targets[0]?.altDeg).toBeGreaterThan(70);
  });

  it('tells what is done from what is planned', () => {
    expect(sky('DONE').targets[0]?.state).toBe('done');
  });

  it('leaves out what has no place tonight, and what is below the horizon', () => {
    expect(sky('UNPLANNABLE').targets).toEqual([]);
    expect(sky('PLANNED', -80).targets).toEqual([]);
  });

  it('has stars above the horizon only, and the horizon of the unit', () => {
    const { stars, horizon } = sky('PLANNED');
    expect(stars.length).toBeGreaterThan(30);
    expect(Math.min(...stars.map((star) => star.altDeg))).toBeGreaterThan(0);
    expect(horizon).toHaveLength(8);
  });

  it('has the Sun down at night and up at noon', () => {
    const noon = tonightSources({ nowMs: parseIso('2014-04-23T11:30Z') });
    expect(sunAndMoon(tonightSources()).sun.altDeg).toBeLessThan(-18);
    expect(sunAndMoon(noon).sun.altDeg).toBeGreaterThan(50);
  });
});
