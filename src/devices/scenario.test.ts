import { describe, expect, it } from 'vitest';
import { parseScenario } from './scenario.ts';

const rain = { device_name: 'WXT520', value_name: 'RainRate', value: 12.0 };
const transient = {
  raDeg: 83.6,
  decDeg: 22,
  eventAt: '2026-10-12T21:29:40Z',
  magnitudeAtMinute: 15,
  decayIndex: 1.1,
};

function problemsOf(json: unknown): readonly string[] {
  const parsed = parseScenario(json);
  return parsed.ok ? [] : parsed.problems;
}

describe('a scenario', () => {
  it('is read as the guide prints it', () => {
    const parsed = parseScenario([10, { time: 3, plcSimulator: rain }]);
    const event = {
      when: { iteration: 3 },
      device: 'WXT520',
      value: { name: 'RainRate', value: 12 },
    };
    expect(parsed).toEqual({
      ok: true,
      scenario: { iterations: 10, plc: [event], alerts: [], transients: [], faults: [] },
    });
  });

  it('may name an instant instead of an iteration, UTC when it names no zone', () => {
    const parsed = parseScenario([10, { at: '2026-10-12T21:30:00', plcSimulator: rain }]);
    const atMs = Date.UTC(2026, 9, 12, 21, 30);
    expect(parsed).toMatchObject({ scenario: { plc: [{ when: { atMs } }] } });
  });

  it('passes on what an alert simulator shall do', () => {
    const alert = { file: 'notice.xml', delay: 3 };
    const parsed = parseScenario([0, { at: '2026-10-12T21:30:00Z', alertSimulator: alert }]);
    expect(parsed).toMatchObject({ scenario: { alerts: [{ payload: alert }] } });
  });

  it('draws a transient from its burst on, or from a later instant', () => {
    const eventMs = Date.UTC(2026, 9, 12, 21, 29, 40);
    const parsed = parseScenario([
      0,
      { sky: { transient } },
      { at: '2026-10-12T22:00:00Z', sky: { transient } },
    ]);
    const visible = [eventMs, Date.UTC(2026, 9, 12, 22)];
    expect(parsed).toMatchObject({
      scenario: { transients: visible.map((visibleFromMs) => ({ eventMs, visibleFromMs })) },
    });
  });

  it('sets a fault of a simulator, for good or until an instant', () => {
    const fault = { device: 'dome', name: 'brown-out', amount: 60, until: '2026-10-12T22:00:00Z' };
    const parsed = parseScenario([
      0,
      { at: '2026-10-12T21:30:00Z', fault },
      { time: 4, fault: { device: 'plc', name: 'silent' } },
    ]);
    const [atMs, untilMs] = [Date.UTC(2026, 9, 12, 21, 30), Date.UTC(2026, 9, 12, 22)];
    expect(parsed).toMatchObject({
      scenario: {
        faults: [
          {
            when: { atMs },
            device: 'dome',
            name: 'brown-out',
            amount: 60,
            until: { atMs: untilMs },
          },
          { when: { iteration: 4 }, device: 'plc', name: 'silent' },
        ],
      },
    });
  });

  it('sets a fault for so many iterations', () => {
    const fault = { device: 'plc', name: 'silent', iterations: 3 };
    expect(parseScenario([0, { time: 4, fault }])).toMatchObject({
      scenario: { faults: [{ when: { iteration: 4 }, until: { iteration: 7 } }] },
    });
  });

  it.each([
    ['iterations without a time', { at: '2026-10-12T21:30:00Z' }, { iterations: 3 }],
    ['two ends', { time: 3 }, { iterations: 3, until: '2026-10-12T21:30:00Z' }],
    ['an end before it begins', { at: '2026-10-12T21:30:00Z' }, { until: '2026-10-12T21:00:00Z' }],
    ['an amount below zero', { time: 3 }, { amount: -1 }],
    ['no beginning', {}, {}],
  ])('is refused with a fault that has %s', (_, when, more) => {
    const fault = { device: 'dome', name: 'brown-out', ...more };
    expect(problemsOf([10, { ...when, fault }])).toHaveLength(1);
  });

  it.each([
    ['no list', {}],
    ['no number first', [{ time: 3, plcSimulator: rain }]],
    ['an event without an actor', [10, { time: 3 }]],
    ['an event without a time', [10, { plcSimulator: rain }]],
    ['both times', [10, { time: 3, at: '2026-10-12T21:30:00Z', plcSimulator: rain }]],
    ['an iteration for the sky', [10, { time: 3, sky: { transient } }]],
    ['no instant', [10, { at: 'tomorrow', plcSimulator: rain }]],
  ])('is refused with %s', (_, json) => {
    expect(problemsOf(json)).toHaveLength(1);
  });

  it('is refused with every problem at once, each with its place', () => {
    const problems = problemsOf([
      10,
      { time: 0, plcSimulator: rain },
      { time: 1, plcSimulator: rain, colour: 'red' },
    ]);
    expect(problems).toEqual([
      expect.stringMatching(/^1\.time: /),
      expect.stringMatching(/^2: .*colour/),
    ]);
  });
});
