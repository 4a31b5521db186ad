import { describe, expect, it } from 'vitest';
import type { StoredAlert } from '#alert';
import type { StoredSequence } from '#request';
import { factsTold, nightTime, storedSequence, tonightSources } from '#testing';
import { alertView } from './alert-view.ts';

const notice = (raDeg: number, errorDeg: number) => ({
  alertId: 1,
  ivorn: 'ivo://gsfc/1',
  mission: 'Swift',
  trigger: '596958',
  raDeg,
  decDeg: 29.26,
  errorDeg,
  eventAt: nightTime('21:07:08'),
  noticeAt: nightTime('21:08:20'),
  receivedAt: nightTime('21:08:24'),
});
const begun = { sequenceId: 5, name: 'B', program: 'GRB', target: 'GRB', isAlert: true };
const slew = { sequenceId: 5, raDeg: 202.9, decDeg: 29.3, altDeg: 60 };
const exposure = { exposureId: 'a', sequenceId: 5, channel: 'VIS', filter: 'r', seconds: 30 };

const request = { requestId: 1, name: 'B', program: 'GRB', isAlert: true, sequences: [5] };

const told = factsTold(
  ['21:08:24', 'RequestSubmitted', request],
  ['21:08:25', 'AlertReceived', notice(202.9, 0.05)],
  ['21:08:26', 'SequenceStarted', begun],
  ['21:08:26', 'SlewStarted', slew],
  ['21:08:49', 'SlewEnded', { sequenceId: 5, seconds: 23 }],
  ['21:08:49', 'ExposureStarted', exposure],
  ['21:09:42', 'AlertUpdated', notice(202.94, 0.0013)],
);

const row: StoredAlert = {
  id: 1,
  ivorn: 'ivo://gsfc/1',
  role: 'observation',
  mission: 'Swift',
  trigger: '596958',
  kind: 'BAT',
  ra_deg: 202.9,
  dec_deg: 29.26,
  error_deg: 0.05,
  event_at: nightTime('21:07:08'),
  notice_at: nightTime('21:08:20'),
  received_at: nightTime('21:08:24'),
  outcome: 'OBSERVED',
  packet: '',
  burst: '',
  sequence_ids: '[5]',
};

const view = (facts = told, other: Partial<StoredSequence> = { status: 'EXECUTING' }) =>
  alertView(tonightSources({ facts, alerts: [row], sequences: [storedSequence(5, other)] }));

describe('the alert of the page', () => {
  it('is none on a quiet night', () => expect(alertView(tonightSources())).toBeNull());

  it('counts its seconds from the last byte of the notice', () => {
    expect(view()).toMatchObject({ slewAfterSeconds: 2, openAfterSeconds: 25 });
  });

  it('has no seconds for what has not happened', () => {
    expect(view(told.slice(0, 2))).toMatchObject({
      slewAfterSeconds: null,
      openAfterSeconds: null,
    });
  });

  it('is at the best place known', () => {
    expect(view(told.slice(0, 6))).toMatchObject({ raDeg: 202.9, errorDeg: 0.05 });
    expect(view()).toMatchObject({ raDeg: 202.94, errorDeg: 0.0013 });
  });

  it.each<[string, Partial<StoredSequence>]>([
    ['observing', { status: 'EXECUTING' }],
    ['observed', { status: 'DONE' }],
    ['planned', { status: 'PLANNED' }],
    ['partly observed', { status: 'PARTIAL' }],
    ['too low', { status: 'UNPLANNABLE', reason: 'too low' }],
    ['received', { status: 'TOBEPLANNED' }],
  ])('is %s as its sequence is %o', (state, sequence) => {
    expect(view(told, sequence)?.state).toBe(state);
  });

  it('is slewing between the beginning and the end of the slew', () => {
    expect(view(told.slice(0, 4))?.state).toBe('slewing');
  });
});
