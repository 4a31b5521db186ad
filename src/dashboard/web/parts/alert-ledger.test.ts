import { describe, expect, it } from 'vitest';
import { ledger } from './alert-ledger.ts';

const alert = {
  mission: 'Swift',
  trigger: '596958',
  raDeg: 10,
  decDeg: 20,
  errorDeg: 0.05,
  eventAt: '2014-04-23T23:00:00Z',
  receivedAt: '2014-04-23T23:00:14Z',
  state: 'slewing',
  slewAfterSeconds: 1.5,
  openAfterSeconds: null,
};
const now = Date.parse('2014-04-23T23:00:24Z');

describe('the ledger of an alert', () => {
  it('counts from the arrival of the notice', () => {
    expect(ledger(alert, now).map((line) => line.seconds)).toEqual([-14, 0, 1.5, 10]);
  });

  it('gives the instant of a step that was done', () => {
    expect(ledger(alert, now)[2]?.at).toBe('2014-04-23T23:00:15.500Z');
  });

  it('counts up while a step is awaited', () => {
    expect(ledger(alert, now)[3]?.state).toBe('waiting');
  });

  it('stops counting once the alert is over', () => {
    const over = { ...alert, state: 'below the horizon' };
    expect(ledger(over, now)[3]).toMatchObject({ state: 'missed', seconds: null });
  });

  it('does without the instant of the burst', () => {
    expect(ledger({ ...alert, eventAt: null }, now)[0]?.seconds).toBeNull();
  });
});
