import { describe, expect, test } from 'vitest';
import type { Fact, FactPayloads, FactType } from '#agent';
import { causeOf } from './replan-cause.ts';

const AT = '2026-10-12T20:00:00.000Z';
const DARK_MS = Date.parse(AT);
let count = 0;

function fact<T extends FactType>(type: T, payload: FactPayloads[T], at = AT): Fact {
  return { id: ++count, at, agent: 'A', type, payload } as Fact;
}

function request(name: string, isAlert = false): Fact {
  return fact('RequestSubmitted', { requestId: 1, name, program: 'P', isAlert, sequences: [1] });
}

function ended(name: string): Fact {
  return fact('SequenceEnded', { sequenceId: 1, name, outcome: 'FAILED', reason: '', images: 0 });
}

function mode(from: string, to: string, at = AT): Fact {
  return fact('ModeChanged', { from, to, reason: 'rain' }, at);
}

test('nothing that matters is no cause', () => {
  const slewed = fact('SlewEnded', { sequenceId: 1, seconds: 10 });
  expect(causeOf([slewed, mode('PASSIVE', 'STANDBY')], DARK_MS)).toBeNull();
});

test('each cause is told in words', () => {
  const cloudy = { cloud: 'cloudy', windMs: null, humidityPercent: null };
  const nightStarted = { night: '2026-10-12', sunsetAt: null, sunriseAt: null };
  const moved = { sequenceId: 1, name: 'GRB', raDeg: 1, decDeg: 2, alertId: 3 };
  const texts = [
    request('M31'),
    request('GRB', true),
    ended('M31'),
    mode('SCHED_READY', 'SCHED_CLOSING'),
    fact('ConditionsChanged', cloudy),
    fact('NightStarted', nightStarted),
    fact('TargetMoved', moved),
    fact('AlertRetracted', { alertId: 1, ivorn: 'i', trigger: '77' }),
    fact('SequenceRefused', { sequenceId: 1, name: 'M31', reason: 'low' }),
  ].map((one) => causeOf([one], DARK_MS));
  expect(texts).toEqual([
    'the request "M31" came in',
    'the alert "GRB" came in',
    '"M31" ended: FAILED',
    'the observatory closes: rain',
    'the conditions changed',
    'the night begins',
    'the target of "GRB" moved',
    'the alert 77 was retracted',
    '"M31" could not begin',
  ]);
});

describe('of a burst', () => {
  test('the most important is told', () => {
    const burst = [request('M31'), ended('M32'), request('GRB', true), ended('M33')];
    expect(causeOf(burst, DARK_MS)).toBe('the alert "GRB" came in');
  });

  test('a routine request is the least', () => {
    expect(causeOf([request('M31'), ended('M32')], DARK_MS)).toBe('"M32" ended: FAILED');
  });
});

describe('an opening', () => {
  test('in time is the observatory being ready', () => {
    expect(causeOf([mode('STANDBY', 'SCHED_READY')], DARK_MS)).toBe('the observatory is ready');
  });

  test('that is late says by how much', () => {
    const late = mode('STANDBY', 'SCHED_READY', '2026-10-12T20:42:00.000Z');
    expect(causeOf([late], DARK_MS)).toBe('the observatory is ready, 42 min into the dark');
  });

  test('on a night that never gets dark is never late', () => {
    expect(causeOf([mode('STANDBY', 'SCHED_READY')], null)).toBe('the observatory is ready');
  });
});
