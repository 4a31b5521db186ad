import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { NightReport } from '#execution';
import { printReport, reportIsComplete } from './print-report.ts';

const RAINY = [
  { at: '2026-10-12T22:00:00.000Z', text: 'Dome open' },
  { at: '2026-10-13T01:00:00.000Z', text: 'Dome closing (Guardian): rain 12 mm/h' },
  { at: '2026-10-13T01:40:00.000Z', text: 'Dome open' },
];

const REPORT: NightReport = {
  night: '2026-10-12',
  headline: '1 of 1 sequences done, 4 images',
  site: 'Calern',
  unit: 'SimulUnit1',
  timeline: RAINY,
  lost: [{ cause: 'rain', seconds: 1680 }],
  sequences: [
    { sequenceId: 1, name: 'M 31', program: 'P', outcome: 'DONE', reason: '', images: 4 },
  ],
  images: { count: 4, byFilter: [{ filter: 'r', count: 4 }] },
  alerts: [
    {
      trigger: '596958',
      mission: 'Swift',
      stages: [
        { name: 'received', at: '2026-10-12T23:00:00.000Z', seconds: 0 },
        { name: 'first image', at: '2026-10-12T23:01:00.000Z', seconds: 60 },
      ],
    },
  ],
  efficiency: { darkSeconds: 36_000, openSeconds: 34_320, exposingSeconds: 18_000 },
  restarts: [{ agent: 'Observer', at: '2026-10-12T23:30:00.000Z', reason: 'it died' }],
  accounting: {
    darkSeconds: 36_000,
    exposing: 18_000,
    overhead: [{ kind: 'slew', seconds: 600 }],
    paused: [{ kind: 'weather', key: 'rain', seconds: 1680 }],
    nothing: 15_720,
    unexplained: 0,
  },
  calibrations: [{ moment: 'dusk', startAt: '2026-10-12T17:40:00.000Z', images: 10, reason: '' }],
  alarms: [
    {
      key: 'bypass',
      severity: 'SERIOUS',
      sentence: 'ak overrules the PLC until 23:00 UTC: fog sensor wet',
      at: '2026-10-12T22:30:00.000Z',
      times: 3,
    },
  ],
  bypasses: [
    { at: '2026-10-12T22:30:00.000Z', what: 'bypass', by: 'ak', reason: 'fog sensor wet' },
  ],
  locks: [{ at: '2026-10-12T20:00:00.000Z', what: 'lock', by: 'ak', reason: 'a visit' }],
};

let printed: string[];
let complaints: string[];
beforeEach(() => {
  printed = [];
  complaints = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
  vi.spyOn(console, 'error').mockImplementation((text: string) => void complaints.push(text));
});
afterEach(() => vi.restoreAllMocks());

test('the report shows every part of itself', () => {
  printReport(REPORT, '/data/report.json');
  const text = printed.join('\n');
  for (const part of [
    'NIGHT REPORT  2026-10-12  SimulUnit1 at Calern',
    REPORT.headline,
    '22:00:00  Dome open',
    'M 31 (P)',
    '28 min  rain',
    'exposing 5.00 h (50 % of the dark time)',
    '4 r',
    'Alert Swift 596958',
    '60.0 s',
    '23:30:00  Observer restarted: it died',
    '/data/report.json',
  ]) {
    expect(text).toContain(part);
  }
});

test('a night without darkness is printed without a division by zero', () => {
  const efficiency = { darkSeconds: 0, openSeconds: 0, exposingSeconds: 0 };
  printReport({ ...REPORT, efficiency }, 'r');
  expect(printed.join('\n')).toContain('(0 % of the dark time)');
});

describe('a demonstration', () => {
  const ALL = { burst: true, rain: true };

  test('that showed everything ends well', () => {
    expect(reportIsComplete(REPORT, ALL)).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('is not blamed for what it was not to show', () => {
    const plain = { ...REPORT, timeline: [], alerts: [] };
    expect(reportIsComplete(plain, { burst: false, rain: false })).toBe(0);
  });

  test.each([
    ['the burst was not observed', { alerts: [] }],
    ['the dome did not close for rain', { timeline: RAINY.slice(0, 1) }],
    ['the dome did not open again after the rain', { timeline: RAINY.slice(0, 2) }],
    [
      'M 31 has no outcome',
      { sequences: REPORT.sequences.map((one) => ({ ...one, outcome: '' })) },
    ],
  ])('fails with "%s"', (what, changes) => {
    expect(reportIsComplete({ ...REPORT, ...changes }, ALL)).toBe(1);
    expect(complaints).toEqual([`MISSING: ${what}`]);
  });
});
