import { describe, expect, test } from 'vitest';
import type { Fact, FactPayloads, FactType } from '#agent';
import { alertLedgers } from './alert-ledger.ts';
import { closedStretches, nightReport, type ReportInputs, timeLost } from './night-report.ts';

const START = Date.UTC(2026, 9, 12, 20);
const HOUR = 3600;
const DARK = { startMs: START, endMs: START + 8 * HOUR * 1000 };

/** Facts at so many seconds after the start of the dark. */
function tale(...lines: readonly [number, FactType, object][]): Fact[] {
  return lines.map(([seconds, type, payload], i) => {
    const at = new Date(START + seconds * 1000).toISOString();
    return { id: i + 1, at, agent: 'A', type, payload } as Fact;
  });
}

const opened = (seconds: number) => [seconds, 'DomeOpened', { by: 'M' }] as const;
const closing = (seconds: number, reason: string) =>
  [seconds, 'DomeClosing', { by: 'M', reason }] as const;
const line = <T extends FactType>(seconds: number, type: T, payload: FactPayloads[T]) =>
  [seconds, type, payload] as [number, FactType, object];

function sequence(id: number, status: string, reason = '') {
  return { id, name: `S${id}`, program: 'P', status, reason };
}

function image(sequence_id: number, fromSeconds: number, filter = 'r') {
  const start_at = new Date(START + fromSeconds * 1000).toISOString();
  return { filter, seconds: 60, start_at, sequence_id };
}

function report(changes: Partial<ReportInputs> = {}) {
  const inputs = { night: '2026-10-12', site: 'Calern', unit: 'U', dark: DARK };
  return nightReport({ ...inputs, facts: [], sequences: [], images: [], ...changes });
}

const ended = (id: number, outcome: string) =>
  line(60, 'SequenceEnded', { sequenceId: id, name: `S${id}`, outcome, reason: '', images: 1 });

describe('the time lost', () => {
  const mutable = (parts: readonly (readonly [number, FactType, object])[]) =>
    tale(...parts.map(([a, b, c]) => [a, b, c] as [number, FactType, object]));

  test('is nothing when the dome was open before the dark and after it', () => {
    const facts = mutable([opened(-600), closing(9 * HOUR, 'daylight')]);
    expect(timeLost({ facts, dark: DARK })).toEqual([]);
  });

  test('is told by its causes, without the figures of the moment', () => {
    const facts = mutable([
      opened(-600),
      closing(HOUR, 'rain 12 mm/h is above 0.1 mm/h'),
      opened(2 * HOUR),
      closing(3 * HOUR, 'rain 3 mm/h is above 0.1 mm/h'),
      opened(3.5 * HOUR),
    ]);
    expect(timeLost({ facts, dark: DARK })).toEqual([{ cause: 'rain', seconds: 1.5 * HOUR }]);
  });

  test('counts from the dark on for a dome that opened late', () => {
    const facts = mutable([opened(HOUR)]);
    expect(timeLost({ facts, dark: DARK })).toEqual([
      { cause: 'the dome was not open yet', seconds: HOUR },
    ]);
  });

  test('counts to the end of the dark for a dome that never opened again', () => {
    const facts = mutable([opened(-600), closing(6 * HOUR, 'wind 20 m/s')]);
    expect(timeLost({ facts, dark: DARK })).toEqual([{ cause: 'wind', seconds: 2 * HOUR }]);
  });

  test('counts a closing that two agents told once', () => {
    const facts = mutable([
      opened(-600),
      closing(HOUR, 'rain'),
      closing(HOUR + 1, 'the dome is closing'),
      opened(2 * HOUR),
    ]);
    expect(closedStretches({ facts, dark: DARK })).toHaveLength(1);
  });

  test('is nothing in a night without darkness', () => {
    expect(timeLost({ facts: [], dark: null })).toEqual([]);
  });
});

describe('the sequences', () => {
  test('have one outcome each, and what was not done its reason', () => {
    const { sequences } = report({
      sequences: [
        sequence(1, 'DONE'),
        sequence(2, 'UNPLANNABLE', 'it never rises'),
        sequence(3, 'EXPIRED', 'outbid by S1'),
        sequence(4, 'CANCELLED', 'not a burst'),
        sequence(5, 'PLANNED'),
      ],
      facts: tale(ended(1, 'DONE')),
      images: [image(1, 0)],
    });
    expect(sequences.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['DONE', ''],
      ['NOT DONE', 'it never rises'],
      ['NOT DONE', 'outbid by S1'],
      ['CANCELLED', 'not a burst'],
      ['NOT DONE', 'the night ended before its turn'],
    ]);
  });

  test('that were interrupted and never finished are PARTIAL', () => {
    const { sequences } = report({
      sequences: [sequence(1, 'EXPIRED', 'aborted by Majordome: rain')],
      images: [image(1, 0), image(1, 60)],
    });
    expect(sequences).toMatchObject([{ outcome: 'PARTIAL', images: 2 }]);
  });

  test('of an earlier night are not counted again', () => {
    const { sequences, headline } = report({
      sequences: [sequence(1, 'DONE'), sequence(2, 'DONE')],
      facts: tale(ended(2, 'DONE')),
    });
    expect(sequences.map((one) => one.sequenceId)).toEqual([2]);
    expect(headline).toContain('1 of 1 sequences done');
  });
});

describe('the figures', () => {
  test('count images by filter', () => {
    const images = [image(1, 0), image(1, 60, 'g'), image(1, 120)];
    expect(report({ images }).images).toEqual({
      count: 3,
      byFilter: [
        { filter: 'r', count: 2 },
        { filter: 'g', count: 1 },
      ],
    });
  });

  test('never show more exposing than dark time, nor two channels twice', () => {
    const images = [image(1, 0), image(1, 0, 'J'), image(1, 60)];
    const facts = tale(line(-600, 'DomeOpened', { by: 'M' }));
    expect(report({ images, facts }).efficiency).toEqual({
      darkSeconds: 8 * HOUR,
      openSeconds: 8 * HOUR,
      exposingSeconds: 120,
    });
  });

  test('of a night without darkness are zero', () => {
    expect(report({ dark: null }).efficiency).toEqual({
      darkSeconds: 0,
      openSeconds: 0,
      exposingSeconds: 0,
    });
  });

  test('name the agents that were restarted', () => {
    const facts = tale(line(5, 'AgentRestarted', { agent: 'O', reason: 'died', restarts: 1 }));
    expect(report({ facts }).restarts).toMatchObject([{ agent: 'O', reason: 'died' }]);
  });
});

test('the time line leaves out what would bury the night', () => {
  const facts = tale(
    line(0, 'DomeOpened', { by: 'M' }),
    line(1, 'SlewEnded', { sequenceId: 1, seconds: 3 }),
  );
  expect(report({ facts }).timeline.map((one) => one.text)).toEqual(['Dome open']);
});

test('the time line has an alarm once, however often it was told', () => {
  const alarm = (seconds: number, count: number) =>
    line(seconds, 'AlarmRaised', { key: 'dome', severity: 'CRITICAL', sentence: 'open', count });
  const { timeline, alarms } = report({ facts: tale(alarm(0, 1), alarm(60, 2), alarm(120, 3)) });
  expect(timeline.map((one) => one.text)).toEqual(['CRITICAL: open']);
  expect(alarms).toMatchObject([{ times: 3 }]);
});

describe('the ledger of an alert', () => {
  const alert = (seconds: number, trigger: string) =>
    line(seconds, 'AlertReceived', {
      alertId: 1,
      ivorn: `ivo://a#${trigger}`,
      mission: 'Swift',
      trigger,
      raDeg: 1,
      decDeg: 2,
      errorDeg: 0.05,
      eventAt: null,
      noticeAt: '',
      receivedAt: new Date(START + seconds * 1000).toISOString(),
    });
  const request = (seconds: number, sequences: number[]) =>
    line(seconds, 'RequestSubmitted', {
      requestId: 1,
      name: 'R',
      program: 'GRB',
      isAlert: true,
      sequences,
    });
  const slew = (seconds: number, sequenceId: number) =>
    line(seconds, 'SlewStarted', { sequenceId, raDeg: 1, decDeg: 2, altDeg: 45 });

  test('has the seconds from its last byte to each stage', () => {
    const facts = tale(
      request(10, [7]),
      alert(10, 'A'),
      line(10.5, 'SchedulePublished', {
        scheduleId: 1,
        reason: '',
        planned: 1,
        unplanned: 0,
        first: 7,
      }),
      line(11, 'SequencePreempted', { sequenceId: 1, name: 'A', by: 7, byName: 'B' }),
      slew(12, 7),
      line(40, 'SlewEnded', { sequenceId: 7, seconds: 28 }),
    );
    const [ledger] = alertLedgers(facts);
    expect(ledger?.stages.map(({ name, seconds }) => [name, seconds])).toEqual([
      ['received', 0],
      ['matched', 0],
      ['planned', 0.5],
      ['pre-empted', 1],
      ['slewing', 2],
      ['on target', 30],
    ]);
  });

  test('does not take the slew of another alert for its own', () => {
    const facts = tale(
      request(10, [7]),
      alert(10, 'A'),
      request(20, [8]),
      alert(20, 'B'),
      slew(25, 8),
    );
    const slewing = alertLedgers(facts).map((one) =>
      one.stages.some((stage) => stage.name === 'slewing'),
    );
    expect(slewing).toEqual([false, true]);
  });
});
