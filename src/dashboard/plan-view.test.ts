import { describe, expect, it } from 'vitest';
import { parseIso } from '#platform';
import { factsTold, nightTime, storedSequence, tonightSources } from '#testing';
import { lostStretches, nightFraction, planBars, unplanned } from './plan-view.ts';
import { planLine, storedPlan } from './schedule-builders.ts';
import type { PlannedBar } from './tonight.ts';

const started = (sequenceId: number) => ({
  sequenceId,
  name: `S${sequenceId}`,
  program: 'Survey',
  target: 'T',
  isAlert: false,
});
const ended = (sequenceId: number, outcome: string) => ({
  sequenceId,
  name: `S${sequenceId}`,
  outcome,
  reason: '',
  images: 3,
});
const shape = ({ sequenceId, state, start, end }: PlannedBar) =>
  `${sequenceId} ${state} ${start.slice(11, 16)} ${end.slice(11, 16)}`;

describe('the bars of the Gantt', () => {
  it('are two for a sequence that was interrupted and taken up again', () => {
    const facts = factsTold(
      ['20:00:00', 'SequenceStarted', started(1)],
      ['20:20:00', 'SequenceEnded', ended(1, 'INTERRUPTED')],
      ['21:00:00', 'SequenceStarted', started(1)],
      ['21:10:00', 'SequenceEnded', ended(1, 'DONE')],
    );
    const sequences = [storedSequence(1, { status: 'DONE' })];
    expect(planBars(tonightSources({ facts, sequences })).map(shape)).toEqual([
      '1 partial 20:00 20:20',
      '1 done 21:00 21:10',
    ]);
  });

  it('are one partial and one planned for a sequence that waits for its second try', () => {
    const facts = factsTold(
      ['20:00:00', 'SequenceStarted', started(1)],
      ['20:20:00', 'SequenceEnded', ended(1, 'INTERRUPTED')],
    );
    const sources = tonightSources({
      facts,
      sequences: [storedSequence(1)],
      schedule: storedPlan([planLine(1, ['23:00:00', '23:20:00'])]),
    });
    expect(planBars(sources).map(shape)).toEqual([
      '1 partial 20:00 20:20',
      '1 planned 23:00 23:20',
    ]);
  });

  it('run to their planned end while they run, or to now when they are late', () => {
    const facts = factsTold(['21:40:00', 'SequenceStarted', started(1)]);
    const sequences = [storedSequence(1, { status: 'EXECUTING' })];
    const until = (end: string) =>
      planBars(
        tonightSources({
          facts,
          sequences,
          schedule: storedPlan([planLine(1, ['21:40:00', end])]),
        }),
      );
    expect(until('22:30:00').map(shape)).toEqual(['1 running 21:40 22:30']);
    expect(until('21:50:00').map(shape)).toEqual(['1 running 21:40 22:00']);
  });

  it('reach back to the first start when a crash left no end in between', () => {
    const facts = factsTold(
      ['21:30:00', 'SequenceStarted', started(1)],
      ['21:40:00', 'SequenceStarted', started(1)],
    );
    const sequences = [storedSequence(1, { status: 'EXECUTING' })];
    expect(planBars(tonightSources({ facts, sequences })).map(shape)).toEqual([
      '1 running 21:30 22:00',
    ]);
  });

  it('carry the elevation of what is planned', () => {
    const sources = tonightSources({
      sequences: [storedSequence(1)],
      schedule: storedPlan([planLine(1, ['23:00:00', '23:20:00'])]),
    });
    expect(planBars(sources)[0]?.altDeg).toBe(51);
  });

  it('leave out what has no place, which is listed with its reason', () => {
    const sources = tonightSources({
      sequences: [storedSequence(1, { status: 'UNPLANNABLE', reason: 'too low' })],
      schedule: storedPlan([planLine(1, null)]),
    });
    expect(planBars(sources)).toEqual([]);
    expect(unplanned(sources)).toEqual([{ name: 'S1', program: 'Survey', reason: 'too low' }]);
  });

  it('show a failure as one', () => {
    const facts = factsTold(
      ['20:00:00', 'SequenceStarted', started(1)],
      ['20:20:00', 'SequenceEnded', ended(1, 'FAILED')],
    );
    const sequences = [storedSequence(1, { status: 'FAILED' })];
    expect(planBars(tonightSources({ facts, sequences }))[0]?.state).toBe('failed');
  });
});

describe('the time lost', () => {
  const rain = factsTold(
    ['18:40:00', 'DomeOpened', { by: 'Majordome' }],
    ['21:00:00', 'DomeClosing', { by: 'Guardian', reason: 'rain 12 mm/h is above 0.1 mm/h' }],
    ['21:00:40', 'DomeClosed', { by: 'Guardian' }],
    ['21:30:00', 'DomeOpened', { by: 'Majordome' }],
  );
  const lost = (at: string) =>
    lostStretches(tonightSources({ facts: rain, nowMs: parseIso(nightTime(at)) }));

  it('goes from the closing to the opening, with its cause', () => {
    expect(lost('22:00:00')).toEqual([
      { from: nightTime('21:00:00'), to: nightTime('21:30:00'), cause: 'rain' },
    ]);
  });

  it('grows while the dome stays closed, and not beyond now', () => {
    const facts = rain.slice(0, 3);
    const sources = tonightSources({ facts, nowMs: parseIso(nightTime('21:10:00')) });
    expect(lostStretches(sources)[0]?.to).toBe(nightTime('21:10:00'));
  });

  it('is none before the dark', () => expect(lost('18:30:00')).toEqual([]));
});

describe('the part of the night that is over', () => {
  const marks = { chartStart: nightTime('18:00:00'), chartEnd: nightTime('04:00:00') };

  it.each([
    ['17:00:00', 0],
    ['23:00:00', 0.5],
    ['05:00:00', 1],
  ])('at %s is %f', (at, part) => {
    expect(nightFraction(marks, parseIso(nightTime(at)))).toBe(part);
  });
});
