import { describe, expect, it } from 'vitest';
import type { SeasonInput } from './season.ts';
import { asked, quietSeason } from './season-builders.ts';
import { whatIf } from './what-if.ts';

const programs = [
  { name: 'P1', quotaSeconds: 1000 },
  { name: 'P2', quotaSeconds: null },
];
const sequences = Array.from({ length: 400 }, (_, i) =>
  asked(i + 1, { program: i % 2 === 0 ? 'P1' : 'P2' }),
);
const input = quietSeason({ programs, sequences });

function changed(...settings: string[]): SeasonInput {
  const reading = whatIf(input, settings);
  if (reading.input === null) throw new Error(reading.fault);
  return reading.input;
}

function fault(setting: string): string {
  const reading = whatIf(input, [setting]);
  return reading.input === null ? reading.fault : '';
}

const quotas = (season: SeasonInput) => season.programs.map(({ quotaSeconds }) => quotaSeconds);
const ids = (season: SeasonInput) => season.sequences.map(({ id }) => id);

describe('what if', () => {
  it('changes the quota of one program, or of all that have one', () => {
    expect(quotas(changed('quota.P1=+20%'))).toEqual([1200, null]);
    expect(quotas(changed('quota.P1=-20%'))).toEqual([800, null]);
    expect(quotas(changed('quota=+10%'))).toEqual([1100, null]);
    expect(quotas(changed('quota.P2=2h'))).toEqual([1000, 7200]);
    expect(quotas(changed('quota.P1=-2000'))).toEqual([0, null]);
    expect(quotas(changed('quota.P1=none'))).toEqual([null, null]);
  });

  it('accepts a share of the demand, the smaller share within the larger', () => {
    const most = ids(changed('accept=0.8'));
    const some = ids(changed('accept=0.4'));
    expect(most.length / 400).toBeCloseTo(0.8, 1);
    expect(some.length / 400).toBeCloseTo(0.4, 1);
    expect(some.every((id) => most.includes(id))).toBe(true);
  });

  it('accepts a share of one program alone', () => {
    const { sequences: left } = changed('accept.P1=0');
    expect(new Set(left.map(({ program }) => program))).toEqual(new Set(['P2']));
    expect(left).toHaveLength(200);
  });

  it('changes limits, slew and setup, several at once', () => {
    const season = changed('minAlt=35', 'moonDistance=40', 'slew=2', 'slewAccel=1', 'setup=10');
    expect(season.constraints).toMatchObject({ minAltDeg: 35, moonDistanceDeg: 40 });
    expect(season.transition).toMatchObject({ slewDegPerSecond: 2, slewAccelDegPerSecond2: 1 });
    expect(season.sequences[0]).toMatchObject({ setupSeconds: 10, chargeSeconds: 1210 });
  });

  it('says what is wrong with a setting', () => {
    expect(fault('minAlt')).toContain('"minAlt" is no setting; there are quota, accept');
    expect(fault('constructor=1')).toContain('is no setting');
    expect(fault('minAlt=95')).toBe('minAlt=95: write degrees from 0 to 89');
    expect(fault('quota.P9=+1%')).toContain('there is no program "P9"; there are P1, P2');
    expect(fault('quota.P1=20%')).toContain('write +20%');
    expect(fault('accept=2')).toContain('write a share from 0 to 1');
    expect(fault('slew=0')).toContain('write a number above 0');
    expect(fault('slew.P1=3')).toContain('it holds for all programs');
  });
});
