import { describe, expect, it, test } from 'vitest';
import { domeAfter, isLiving, refuseWhileLiving, refuseWhileObserving } from './unit-life.ts';

const NOW_MS = Date.UTC(2014, 3, 23, 21);
const survey = (change: object) => ({
  name: 'Majordome',
  status: 'IN_MAIN_LOOP',
  updated: '2014-04-23T20:59:30.000Z',
  validity_duration_sec: 60,
  ...change,
});

describe('an agent', () => {
  it.each([
    ['spoke within its validity', {}, true],
    ['has been silent for longer', { updated: '2014-04-23T20:58:00.000Z' }, false],
    ['stopped', { status: 'STOPPED' }, false],
    ['never started', { status: 'NOT_STARTED', updated: '' }, false],
    ['lives on a clock that is ahead', { updated: '2026-01-01T00:00:00.000Z' }, true],
  ])('that %s', (_name, change, expected) => {
    expect(isLiving(survey(change), NOW_MS)).toBe(expected);
  });
});

test.each([
  ['DomeClosed', 'closed'],
  ['DomeOpening', 'open'],
  ['DomeOpened', 'open'],
  ['DomeClosing', 'unknown'],
  [undefined, 'unknown'],
])('after %s the dome is %s', (fact, state) => {
  expect(domeAfter(fact)).toBe(state);
});

test.each(['open', 'unknown'] as const)(
  'nothing is changed while agents live and the dome is %s',
  (dome) => {
    expect(() => refuseWhileObserving({ living: ['Majordome'], dome })).toThrowError(
      expect.objectContaining({ code: 'DOME_OPEN' }),
    );
  },
);

test('a dome that nobody keeps open refuses nothing', () => {
  expect(() => refuseWhileObserving({ living: [], dome: 'open' })).not.toThrow();
});

test('the structure is not changed under living agents', () => {
  expect(() => refuseWhileLiving({ living: ['Majordome', 'Guardian'] })).toThrowError(
    expect.objectContaining({ code: 'UNIT_RUNNING' }),
  );
});
