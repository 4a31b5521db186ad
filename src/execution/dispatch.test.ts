import { describe, expect, test } from 'vitest';
import {
  type DispatchInputs,
  dispatch,
  LATE_MS,
  missedStart,
  type ScheduledSequence,
} from './dispatch.ts';

const HOUR = 3_600_000;

function slot(sequenceId: number, changes: Partial<ScheduledSequence> = {}): ScheduledSequence {
  return {
    sequenceId,
    startMs: HOUR,
    endMs: 2 * HOUR,
    overheadSeconds: 35,
    isAlert: false,
    priority: 50,
    ...changes,
  };
}

function decide(changes: Partial<DispatchInputs>) {
  return dispatch({ nowMs: HOUR, schedule: [], running: null, ...changes });
}

const alert = slot(9, { isAlert: true, priority: 1 });
const routine = { sequenceId: 1, priority: 50, isAlert: false };

describe('with nothing running', () => {
  test('an empty schedule asks for nothing', () => {
    expect(decide({})).toEqual({ kind: 'nothing' });
  });

  test('the first slot that is due starts', () => {
    const schedule = [slot(1), slot(2)];
    expect(decide({ schedule })).toEqual({ kind: 'start', sequenceId: 1 });
  });

  test('the telescope goes its own overhead before the slot, not a moment earlier', () => {
    const schedule = [slot(1)];
    expect(decide({ schedule, nowMs: HOUR - 35_000 }).kind).toBe('start');
    expect(decide({ schedule, nowMs: HOUR - 35_001 }).kind).toBe('nothing');
  });

  test('a slot that is over is not started', () => {
    expect(decide({ schedule: [slot(1)], nowMs: 2 * HOUR }).kind).toBe('nothing');
  });

  test('an alert goes before an earlier routine slot', () => {
    const schedule = [slot(1), alert];
    expect(decide({ schedule })).toEqual({ kind: 'start', sequenceId: 9 });
  });
});

test('of two alerts that are due the more urgent one goes, whatever the schedule says', () => {
  const schedule = [slot(8, { isAlert: true, priority: 3 }), alert];
  expect(decide({ schedule })).toEqual({ kind: 'start', sequenceId: 9 });
  expect(decide({ schedule, running: { sequenceId: 1, isAlert: true, priority: 2 } })).toEqual({
    kind: 'preempt',
    sequenceId: 9,
  });
});

describe('a start is missed', () => {
  const late = HOUR + LATE_MS + 1;

  test('two minutes after it, not before', () => {
    expect(missedStart([slot(1)], late)).toHaveLength(1);
    expect(missedStart([slot(1)], late - 1)).toEqual([]);
  });

  test('never by an alert', () => {
    expect(missedStart([alert], late)).toEqual([]);
  });
});

describe('with a sequence running', () => {
  test('another routine slot waits', () => {
    expect(decide({ schedule: [slot(2)], running: routine }).kind).toBe('nothing');
  });

  test('an alert takes the telescope from routine work', () => {
    const decision = decide({ schedule: [alert], running: routine });
    expect(decision).toEqual({ kind: 'preempt', sequenceId: 9 });
  });

  test('an alert takes it from a less urgent alert only', () => {
    const running = { sequenceId: 1, isAlert: true, priority: 1 };
    expect(decide({ schedule: [alert], running }).kind).toBe('nothing');
    expect(decide({ schedule: [alert], running: { ...running, priority: 2 } }).kind).toBe(
      'preempt',
    );
  });

  test('its own slot does not start it again', () => {
    const running = { sequenceId: 9, isAlert: true, priority: 1 };
    expect(decide({ schedule: [alert], running }).kind).toBe('nothing');
  });
});
