import { describe, expect, it } from 'vitest';
import type { ObservatoryMode } from '#execution';
import { parseIso } from '#platform';
import { factsTold, nightTime, storedSequence, tonightSources } from '#testing';
import { nightSentence } from './night-sentence.ts';
import { planLine, storedPlan } from './schedule-builders.ts';
import type { TonightSources } from './tonight-sources.ts';

const fair = tonightSources();

function inMode(mode: ObservatoryMode, other: Partial<TonightSources> = {}, more = {}): string {
  const base = tonightSources(other);
  const { observatory } = base;
  return nightSentence({
    ...base,
    observatory: observatory && { ...observatory, mode, ...more },
  });
}

const dome = (shutter: string, at = '21:59:58') =>
  new Map([['dome', { updated: nightTime(at), status: { shutter } }]]);

function closed(other: Partial<TonightSources> = {}, more = {}): string {
  return inMode('STANDBY', { devices: dome('closed'), ...other }, more);
}

const safety = (over: object) => fair.safety && { ...fair.safety, ...over };

describe('the sentence of each mode', () => {
  it('says when the Majordome has not spoken', () => {
    expect(nightSentence(tonightSources({ observatory: null }))).toBe(
      'Starting: the Majordome has not spoken yet.',
    );
  });

  it.each<[ObservatoryMode, string]>([
    ['STARTING', 'Starting.'],
    ['PASSIVE_NO_PLC', 'Passive: waiting for the PLC.'],
    ['PASSIVE', 'Passive: why.'],
    ['SCHED_CLOSING', 'Closing the dome: why.'],
    ['REMOTE', 'Remote: a person commands the telescope.'],
    ['SHUTDOWN', 'Shut down.'],
  ])('in %s is “%s”', (mode, sentence) => {
    expect(inMode(mode, {}, { reason: 'why' })).toBe(sentence);
  });

  it('says that the night is over once its report is written', () => {
    const report = 'nights/2014-04-23/report.json';
    const facts = factsTold(['04:40:00', 'NightEnded', { night: '2014-04-23', report }]);
    expect(closed({ facts })).toBe('The night is over: closed, parked, report written.');
  });

  it('does not take the end of the night before for that of this one', () => {
    const facts = factsTold(['12:30:00', 'NightEnded', { night: '2014-04-22', report: '' }]);
    expect(closed({ facts })).toBe('Closed: about to open.');
  });
});

describe('the reasons to stay closed', () => {
  it('are those of the safety verdict', () => {
    const reasons = JSON.stringify(['rain 12 mm/h is above 0.1 mm/h']);
    expect(closed({ safety: safety({ safe: 0, reasons }) })).toBe(
      'Closed: rain 12 mm/h is above 0.1 mm/h.',
    );
  });

  it('are that nothing is known of safety', () => {
    expect(closed({ safety: null })).toBe('Closed: safety is unknown.');
  });

  it('are that the last word on safety is too old', () => {
    expect(closed({ safety: safety({ updated: nightTime('21:59:30') }) })).toBe(
      'Closed: safety is unknown.',
    );
  });

  it('are a lock', () => {
    expect(closed({}, { locked: 1 })).toBe('Closed: the observatory is locked.');
  });

  it('are the daylight before the night, with the time of opening', () => {
    const nowMs = parseIso(nightTime('18:00:00'));
    const devices = dome('closed', '17:59:58');
    expect(closed({ nowMs, devices })).toMatch(/^Closed: daylight, opening at 18:3\d UTC\.$/);
  });

  it('are the dawn after it', () => {
    const devices = dome('closed', '05:29:58');
    expect(closed({ nowMs: parseIso(nightTime('05:30:00')), devices })).toBe('Closed: dawn.');
  });

  it('are a Sun that stays up', () => {
    const site = { name: 'Svalbard', latDeg: 78, lonDeg: 16, altitudeM: 0 };
    const unit = { ...fair.unit, site };
    expect(closed({ unit }, { night: '2014-06-20' })).toBe('Closed: the Sun stays up.');
  });

  it('are that nobody acknowledged the night', () => {
    expect(closed({}, { night_ack: 0 })).toBe('Closed: waiting for the night acknowledgement.');
  });

  it('stand together when there are several', () => {
    expect(closed({ safety: null }, { locked: 1, night_ack: 0 })).toBe(
      'Closed: safety is unknown; the observatory is locked; waiting for the night acknowledgement.',
    );
  });
});

describe('a dome that is not known to be closed', () => {
  it('has been silent since it said that it was', () => {
    expect(closed({ devices: dome('closed', '21:50:00') })).toMatch(/^Standing by, dome unknown/);
  });

  it.each([
    ['open', 'Standing by, dome open: about to open.'],
    ['closing', 'Standing by, dome closing: about to open.'],
    ['unknown', 'Standing by, dome unknown: about to open.'],
  ])('never reads as closed when it is %s', (shutter, sentence) => {
    expect(closed({ devices: dome(shutter) })).toBe(sentence);
  });

  it('is unknown before it has spoken', () => {
    expect(closed({ devices: new Map() })).toMatch(/^Standing by, dome unknown/);
  });
});

describe('an open night', () => {
  it('says that the dome is about to open, and opens', () => {
    expect(inMode('SCHED_READY', { devices: dome('closed') })).toBe('About to open the dome.');
    expect(inMode('SCHED_READY', { devices: dome('opening') })).toBe('Opening the dome.');
  });

  const running = storedSequence(7, { name: 'M51', status: 'EXECUTING' });

  it('names what is observed, and until when', () => {
    const sources = {
      sequences: [running],
      schedule: storedPlan([planLine(7, ['21:50:00', '22:20:00'])]),
    };
    expect(inMode('SCHED_READY', sources)).toBe('Observing M51 until 22:20 UTC.');
  });

  it('promises no end that has passed', () => {
    const sources = {
      sequences: [running],
      schedule: storedPlan([planLine(7, ['21:00:00', '21:59:00'])]),
    };
    expect(inMode('SCHED_READY', sources)).toBe('Observing M51.');
  });

  it('says that the telescope is on its way to an alert', () => {
    const facts = factsTold([
      '21:59:59',
      'SlewStarted',
      { sequenceId: 7, raDeg: 1, decDeg: 2, altDeg: 50 },
    ]);
    const sequences = [{ ...running, name: 'Swift 1', isAlert: true }];
    expect(inMode('SCHED_READY', { facts, sequences })).toBe('Slewing to the alert Swift 1.');
  });

  it('announces what comes next', () => {
    const sources = {
      sequences: [storedSequence(8, { name: 'M13' })],
      schedule: storedPlan([planLine(8, ['22:30:00', '22:50:00'])]),
    };
    expect(inMode('SCHED_READY', sources)).toBe('Open: M13 begins at 22:30 UTC.');
  });

  it('does not announce what is done', () => {
    const sources = {
      sequences: [storedSequence(8, { status: 'DONE' })],
      schedule: storedPlan([planLine(8, ['22:30:00', '22:50:00'])]),
    };
    expect(inMode('SCHED_READY', sources)).toBe('Open, with nothing left to observe.');
  });

  it('says when nothing is left', () => {
    expect(inMode('SCHED_READY')).toBe('Open, with nothing left to observe.');
  });
});
