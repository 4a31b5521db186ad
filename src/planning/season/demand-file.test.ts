import { describe, expect, it } from 'vitest';
import { readDemand } from './demand-file.ts';
import type { SeasonDemand } from './season.ts';
import { quietSeason } from './season-builders.ts';

const sequence = { program: 'A', raDeg: 10, decDeg: 20, durationSeconds: 600 };
const document = (changes: object = {}) => ({
  programs: [{ name: 'A', quotaHours: 2 }],
  sequences: [sequence],
  ...changes,
});

function demand(content: object): SeasonDemand {
  const reading = readDemand(JSON.stringify(content), quietSeason());
  if (reading.demand === null) throw new Error(reading.faults.join('; '));
  return reading.demand;
}

function faults(content: object | string): readonly string[] {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const reading = readDemand(text, quietSeason());
  return reading.demand === null ? reading.faults : [];
}

describe('a demand file', () => {
  it('gives the whole season and the usual priority to a sequence that says nothing', () => {
    const [only] = demand(document()).sequences;
    expect(only).toMatchObject({
      id: 1,
      name: 'A-1',
      priority: 50,
      startMode: 'BESTELEV',
      setupSeconds: 4,
      chargeSeconds: 604,
      accounts: ['program "A"'],
      windowStartMs: expect.any(Number),
    });
    expect((only?.windowEndMs ?? 0) - (only?.windowStartMs ?? 0)).toBe(3 * 86_400_000);
  });

  it('charges the country of the program too', () => {
    const { sequences, countries } = demand(
      document({
        programs: [{ name: 'A', country: 'FR' }],
        countries: [{ name: 'FR', quotaHours: 10 }],
      }),
    );
    expect(sequences[0]?.accounts).toEqual(['program "A"', 'country "FR"']);
    expect(countries).toEqual([{ name: 'FR', quotaSeconds: 36_000 }]);
  });

  it('repeats a sequence so many times, each with its own number', () => {
    const { sequences } = demand(document({ sequences: [{ ...sequence, name: 'M31', times: 3 }] }));
    expect(sequences.map(({ id, name }) => [id, name])).toEqual([
      [1, 'M31 1/3'],
      [2, 'M31 2/3'],
      [3, 'M31 3/3'],
    ]);
  });

  it('takes bodies of the solar system', () => {
    const body = { program: 'A', body: 'Jupiter', durationSeconds: 60 };
    const [only] = demand(document({ sequences: [body] })).sequences;
    expect(only?.target).toEqual({ kind: 'BODY', body: 'Jupiter' });
  });

  it('tells all its faults with their places', () => {
    const wrong = { ...sequence, durationSeconds: 0, colour: 'red', from: 'soon' };
    const told = faults(document({ sequences: [wrong, { ...sequence, decDeg: 91 }] })).join('\n');
    for (const place of ['sequences.0.durationSeconds', 'colour', 'sequences.0.from']) {
      expect(told).toContain(place);
    }
    expect(told).toContain('sequences.1.decDeg');
  });

  it('refuses windows that end before they begin, and targets that are none or two', () => {
    const late = { ...sequence, from: '2026-03-12', until: '2026-03-11' };
    const both = { ...sequence, body: 'Mars' };
    const none = { program: 'A', durationSeconds: 60 };
    const told = faults(document({ sequences: [late, both, none] }));
    expect(told).toEqual([
      'sequences.0: from must come before until',
      'sequences.1: give raDeg and decDeg, or body',
      'sequences.2: give raDeg and decDeg, or body',
    ]);
  });

  it.each([
    ['raDeg', 360],
    ['pmRaMasPerYear', 1e300],
    ['durationSeconds', 1e-9],
  ])('refuses a number that no plan could use: %s of %d', (key, value) => {
    const [told] = faults(document({ sequences: [{ ...sequence, [key]: value }] }));
    expect(told).toMatch(new RegExp(`^sequences.0.${key}: `));
  });

  it('refuses a quota of more hours than can be told', () => {
    const programs = [{ name: 'A', quotaHours: 1e308 }];
    expect(faults(document({ programs }))[0]).toMatch(/^programs.0.quotaHours: /);
  });

  it('refuses unknown programs and countries, and programs that are there twice', () => {
    const told = faults(
      document({
        programs: [{ name: 'A', country: 'FR' }, { name: 'A' }],
        sequences: [{ ...sequence, program: 'B' }],
      }),
    );
    expect(told).toEqual([
      'programs: "A" is there twice',
      'programs.0.country: there is no country "FR"',
      'sequences.0.program: there is no program "B"',
    ]);
  });

  it('refuses what is no JSON', () => {
    expect(faults('{')[0]).toContain('it is not JSON');
  });
});
