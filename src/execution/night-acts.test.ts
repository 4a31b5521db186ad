import { expect, test } from 'vitest';
import type { Fact, FactType } from '#agent';
import { alarmsOf, bypassesOf, calibrationsOf, locksOf } from './night-acts.ts';

function tale(...lines: readonly (readonly [FactType, object])[]): Fact[] {
  return lines.map(([type, payload], i) => {
    const at = `2026-10-12T22:0${i}:00.000Z`;
    return { id: i + 1, at, agent: 'M', type, payload } as Fact;
  });
}

const alarm = (key: string, count: number): readonly [FactType, object] => [
  'AlarmRaised',
  { key, severity: 'SERIOUS', sentence: `${key} ${count}`, count },
];

test('an alarm that is told again is one, until it is over', () => {
  const over = ['AlarmCleared', { key: 'a', sentence: '' }] as const;
  const lines = alarmsOf(tale(alarm('a', 1), alarm('b', 1), alarm('a', 2), over, alarm('a', 1)));
  expect(lines.map(({ key, times, sentence }) => [key, times, sentence])).toEqual([
    ['a', 2, 'a 2'],
    ['b', 1, 'b 1'],
    ['a', 1, 'a 1'],
  ]);
});

test('bypasses and locks have a name and a reason', () => {
  const facts = tale(
    ['BypassAsked', { on: true, by: 'ak', reason: 'wet', until: null }],
    ['BypassFailed', { by: 'ak', reason: 'PLC KO' }],
    ['BypassAsked', { on: false, by: 'ak', reason: 'asked', until: null }],
    ['ObservatoryLocked', { by: 'tp', reason: 'a visit' }],
    ['ObservatoryUnlocked', { by: 'tp', reason: 'over' }],
  );
  expect(bypassesOf(facts).map(({ what, by }) => [what, by])).toEqual([
    ['bypass', 'ak'],
    ['bypass failed', 'ak'],
    ['end of bypass', 'ak'],
  ]);
  expect(locksOf(facts).map(({ what, reason }) => [what, reason])).toEqual([
    ['lock', 'a visit'],
    ['unlock', 'over'],
  ]);
});

test('calibrations have their own end, or none', () => {
  const night = '2026-10-12';
  const facts = tale(
    ['CalibrationsStarted', { moment: 'dusk', night }],
    ['CalibrationsStarted', { moment: 'dawn', night }],
    ['CalibrationsEnded', { moment: 'dawn', night, images: 5, reason: '' }],
  );
  expect(calibrationsOf(facts).map(({ images, reason }) => [images, reason])).toEqual([
    [0, 'it never ended'],
    [5, ''],
  ]);
});
