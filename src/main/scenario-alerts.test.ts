import { describe, expect, test } from 'vitest';
import { scenarioAlerts, scenarioOf } from './scenario-alerts.ts';

const AT = '2026-10-12T22:00:00.000Z';
const bat = {
  packet: 'bat',
  trigger: '1',
  eventAt: AT,
  raDeg: 10,
  decDeg: 20,
  errorDeg: 0.05,
};

test('the alerts of a scenario are those of its alert sender, at their instants', () => {
  const plc = { at: AT, plcSimulator: { device_name: 'WXT520', value_name: 'RainRate', value: 1 } };
  expect(scenarioAlerts([10, { at: AT, alertSimulator: bat }, plc])).toEqual([
    { at: AT, alertSimulator: bat },
  ]);
});

describe('what is wrong is told', () => {
  test.each([
    ['a packet that nobody knows', { at: AT, alertSimulator: { ...bat, packet: 'smoke' } }],
    ['a place outside the sky', { at: AT, alertSimulator: { ...bat, decDeg: 91 } }],
    ['an alert by iteration', { time: 3, alertSimulator: bat }],
  ])('%s', (_what, event) => {
    expect(() => scenarioAlerts([10, event])).toThrowError(
      expect.objectContaining({ code: 'SCENARIO_INVALID' }),
    );
  });

  test('a scenario that is no list', () => {
    expect(() => scenarioOf({})).toThrowError(
      expect.objectContaining({ code: 'SCENARIO_INVALID' }),
    );
  });
});
