import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { altAz, placeOf } from '#sky';
import { nothing, type TimeByUse, uses } from './night-time.ts';
import type { SeasonInput, SeasonSequence } from './season.ts';
import { seasonAlerts } from './season-alerts.ts';
import { asked, busySeason, quietSeason } from './season-builders.ts';
import { type SeasonNight, seasonNights } from './season-night.ts';
import type { SeasonReport } from './season-report.ts';
import { simulateSeason } from './simulate-season.ts';

const anySeason = fc
  .record({ seed: fc.integer({ min: 1, max: 1e6 }), count: fc.integer({ min: 0, max: 50 }) })
  .map(({ seed, count }) => busySeason(seed, count));

function always(check: (input: SeasonInput, report: SeasonReport) => void): void {
  fc.assert(
    fc.property(anySeason, (input) => check(input, simulateSeason(input))),
    { numRuns: 8 },
  );
}

/** Everything that may have been observed, by id. */
function known(input: SeasonInput): ReadonlyMap<number, SeasonSequence> {
  const alerts = seasonAlerts(input, seasonNights(input), 4);
  return new Map([...input.sequences, ...alerts].map((each) => [each.id, each]));
}

function sumOf(time: TimeByUse): number {
  return uses.reduce((sum, use) => sum + time[use], 0);
}

function nightOf(input: SeasonInput, name: string): SeasonNight {
  const found = seasonNights(input).find(({ night }) => night === name);
  if (found === undefined) throw new Error(`no night ${name}`);
  return found;
}

describe('any season', () => {
  it('never charges an account more than its quota, and charges what was observed', () => {
    always((input, { programs, observations }) => {
      const all = known(input);
      for (const { name, quotaSeconds, chargedSeconds } of programs) {
        expect(chargedSeconds).toBeLessThanOrEqual(quotaSeconds ?? Number.POSITIVE_INFINITY);
        const own = observations.filter(({ program }) => program === name);
        const seconds = own.map(
          ({ sequenceId, startMs, endMs }) =>
            (endMs - startMs) / 1000 + (all.get(sequenceId)?.setupSeconds ?? 0),
        );
        expect(chargedSeconds).toBeCloseTo(
          seconds.reduce((sum, each) => sum + each, 0),
          6,
        );
      }
    });
  });

  it('does nothing twice', () => {
    always((_input, { observations }) => {
      const ids = observations.map(({ sequenceId }) => sequenceId);
      expect(ids).toEqual([...new Set(ids)]);
    });
  });

  it('observes in the window and in the dark, setup included, under an open dome', () => {
    always((input, { observations }) => {
      const all = known(input);
      for (const { sequenceId, night, startMs, endMs } of observations) {
        const sequence = all.get(sequenceId);
        const { closures, ...dark } = nightOf(input, night);
        const setupMs = startMs - (sequence?.setupSeconds ?? 0) * 1000;
        expect(setupMs).toBeGreaterThanOrEqual(sequence?.windowStartMs ?? Number.NaN);
        expect(endMs).toBeLessThanOrEqual(sequence?.windowEndMs ?? Number.NaN);
        expect(setupMs).toBeGreaterThanOrEqual(dark.startMs);
        expect(endMs).toBeLessThanOrEqual(dark.endMs);
        const inTheWay = closures.filter((one) => one.startMs < endMs && setupMs < one.endMs);
        expect(inTheWay).toEqual([]);
      }
    });
  });

  it('observes no target below its limit', () => {
    always((input, { observations }) => {
      const all = known(input);
      const { site, minAltDeg } = input.constraints;
      for (const { sequenceId, startMs, endMs } of observations) {
        const target = all.get(sequenceId)?.target;
        if (!target) throw new Error(`no target of ${sequenceId}`);
        for (const ms of [startMs, (startMs + endMs) / 2, endMs]) {
          const { altDeg } = altAz(placeOf(target, site, ms), site, ms);
          expect(altDeg).toBeGreaterThanOrEqual(minAltDeg - 0.05);
        }
      }
    });
  });

  it('does one thing at a time', () => {
    always((_input, { observations }) => {
      observations.slice(1).forEach(({ startMs }, i) => {
        expect(startMs).toBeGreaterThanOrEqual(observations[i]?.endMs ?? Number.NaN);
      });
    });
  });

  it('accounts for every millisecond of every night', () => {
    always((_input, { nights, total }) => {
      for (const { darkMs, timeMs } of nights) expect(sumOf(timeMs)).toBe(darkMs);
      expect(sumOf(total.timeMs)).toBe(total.darkMs);
    });
  });

  it('counts as observed what the observations lasted', () => {
    always((_input, { observations, total }) => {
      const lasted = observations.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
      expect(total.timeMs.observed).toBe(lasted);
    });
  });

  it('is the same, byte for byte, when it is simulated again', () => {
    fc.assert(
      fc.property(anySeason, (input) => {
        const [once, again] = [simulateSeason(input), simulateSeason(structuredClone(input))];
        expect(JSON.stringify(again)).toBe(JSON.stringify(once));
      }),
      { numRuns: 5 },
    );
  });
});

describe('a season', () => {
  it('observes on a later night what it had no time for', () => {
    const sequences = Array.from({ length: 12 }, (_, i) => asked(i + 1, { durationSeconds: 7000 }));
    const report = simulateSeason(quietSeason({ sequences }));
    expect(report.total.done).toBe(12);
    expect(report.nights.filter(({ done }) => done > 0).length).toBeGreaterThan(1);
  });

  it('does not go on with a sequence whose window is over', () => {
    const over = asked(1, { windowEndMs: Date.UTC(2026, 2, 9) });
    const report = simulateSeason(quietSeason({ sequences: [over, asked(2)] }));
    expect(report.observations.map(({ sequenceId }) => sequenceId)).toEqual([2]);
    expect(report.programs[0]).toMatchObject({ asked: 2, done: 1, expired: 1 });
  });

  it('tries again what failed, and charges it once', () => {
    const troubles = { failureShare: 0.5, overrunShare: 0, overrunMean: 0 };
    const sequences = Array.from({ length: 10 }, (_, i) => asked(i + 1));
    const report = simulateSeason(quietSeason({ sequences, troubles }));
    expect(report.total.failures).toBeGreaterThan(0);
    expect(report.total).toMatchObject({ done: 10 });
    expect(report.programs[0]?.chargedSeconds).toBe(10 * 1204);
  });

  it('observes nothing while the dome stays closed', () => {
    const weather = { ...quietSeason().weather, loss: 1, swing: 0, spellHours: 1e9 };
    const report = simulateSeason(quietSeason({ sequences: [asked(1)], weather }));
    expect(report.total.done).toBe(0);
    expect(report.total.timeMs).toEqual({ ...nothing(), weather: report.total.darkMs });
  });

  it('stops what is less urgent for an alert, and finishes it later', () => {
    const sequences = Array.from({ length: 30 }, (_, i) => asked(i + 1, { durationSeconds: 7000 }));
    const alerts = { perNight: 6, medianSeconds: 300, validityHours: 24 };
    const report = simulateSeason(quietSeason({ sequences, alerts }));
    expect(report.total.interruptions).toBeGreaterThan(0);
    expect(report.alerts.observed).toBeGreaterThan(0);
    expect(report.alerts.observed).toBeLessThanOrEqual(report.alerts.visible);
  });

  it('has empty nights in the polar summer, without harm', () => {
    const site = { latDeg: 78, lonDeg: 15, altitudeM: 0 };
    const constraints = { ...quietSeason().constraints, site };
    const dates = { fromNight: '2026-06-10', untilNight: '2026-06-13' };
    const report = simulateSeason(quietSeason({ ...dates, constraints, sequences: [asked(1)] }));
    expect(report.total).toMatchObject({ darkMs: 0, done: 0 });
    expect(report.nights).toHaveLength(3);
  });

  it('tells of the nights until it was ended', () => {
    const input = quietSeason({ sequences: [asked(1), asked(2)] });
    const report = simulateSeason(input, (done) => done < 2);
    expect(report).toMatchObject({ isPartial: true, nightsInAll: 3 });
    expect(report.nights.map(({ night }) => night)).toEqual(['2026-03-10', '2026-03-11']);
  });

  it('never exceeds the quota of a country that several programs share', () => {
    const countries = [{ name: 'FR', quotaSeconds: 5000 }];
    const accounts = ['program "A"', 'country "FR"'];
    const sequences = Array.from({ length: 8 }, (_, i) => asked(i + 1, { accounts }));
    const report = simulateSeason(quietSeason({ sequences, countries }));
    expect(report.total.done).toBe(4);
    expect(report.countries).toEqual([{ name: 'FR', quotaSeconds: 5000, chargedSeconds: 4816 }]);
  });
});
