import { describe, expect, it } from 'vitest';
import type { NightReport } from '../../tonight.ts';
import { darkParts, isDone, parts, reportFigures } from './report-figures.ts';

const sequence = (outcome: string) => ({
  sequenceId: 1,
  name: 'S',
  program: 'P',
  outcome,
  reason: '',
  images: 1,
});
const report: NightReport = {
  headline: 'A good night',
  night: '2014-04-23',
  site: 'Calern',
  unit: 'SimulUnit1',
  timeline: [],
  lost: [
    { cause: 'rain', seconds: 3600 },
    { cause: 'wind', seconds: 600 },
  ],
  sequences: [sequence('done'), sequence('partial'), sequence('DONE')],
  images: { count: 3, byFilter: [] },
  alerts: [],
  efficiency: { darkSeconds: 20_000, openSeconds: 16_000, exposingSeconds: 15_000 },
  restarts: [],
  accounting: {
    darkSeconds: 0,
    exposing: 0,
    overhead: [],
    paused: [],
    nothing: 0,
    unexplained: 0,
  },
  calibrations: [],
  alarms: [],
  bypasses: [],
  locks: [],
};

describe('the figures of a report', () => {
  it('count what was done and what was lost', () => {
    expect(reportFigures(report)).toEqual({
      done: 2,
      sequences: 3,
      lostSeconds: 4200,
      openShutter: 0.75,
    });
  });

  it('have no efficiency without dark time', () => {
    const white = { ...report, efficiency: { darkSeconds: 0, openSeconds: 0, exposingSeconds: 0 } };
    expect(reportFigures(white).openShutter).toBeNull();
  });

  it('say where the dark went, the greatest part first', () => {
    const accounting = {
      ...report.accounting,
      exposing: 9000,
      overhead: [{ kind: 'slew', seconds: 0.2 }],
      paused: [
        { kind: 'weather', key: 'rain', seconds: 3600 },
        { kind: 'calibration', key: 'calibration', seconds: 10_000 },
      ],
    };
    expect(darkParts({ ...report, accounting })).toEqual([
      { name: 'paused: calibration', seconds: 10_000 },
      { name: 'exposing', seconds: 9000 },
      { name: 'paused: weather, rain', seconds: 3600 },
    ]);
  });

  it('do not count a partial sequence as done', () => expect(isDone('partial')).toBe(false));

  it('compare bars with the greatest', () => {
    expect(parts([5, 10])).toEqual([0.5, 1]);
    expect(parts([0, 0])).toEqual([0, 0]);
  });
});
