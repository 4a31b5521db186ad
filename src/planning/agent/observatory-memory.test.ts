import { describe, expect, test } from 'vitest';
import type { Fact, FactPayloads, FactType } from '#agent';
import { altAz } from '#sky';
import { smallUnit } from '#testing';
import { nothingKnown, pointingAt, remember } from './observatory-memory.ts';

const unit = smallUnit();
const AT = '2026-10-12T22:00:00.000Z';
const NOW = Date.parse(AT);

function fact<T extends FactType>(type: T, payload: FactPayloads[T]): Fact {
  return { id: 1, at: AT, agent: 'A', type, payload } as Fact;
}

const memoryOf = (...facts: Fact[]) => facts.reduce(remember, nothingKnown);
const slew = fact('SlewStarted', { sequenceId: 1, raDeg: 10, decDeg: 20, altDeg: 50 });
const parked = fact('TelescopeParked', { by: 'Observer' });

describe('the pointing', () => {
  test('is not known at first', () => {
    expect(pointingAt(nothingKnown, unit, NOW)).toBeUndefined();
  });

  test('is where the telescope was last sent', () => {
    expect(pointingAt(memoryOf(parked, slew), unit, NOW)).toEqual({ raDeg: 10, decDeg: 20 });
  });

  test('of a parked telescope turns with the sky', () => {
    const park = unit.mounts[0]?.park ?? { altDeg: 0, azDeg: 0 };
    for (const ms of [NOW, NOW + 3_600_000]) {
      const pointing = pointingAt(memoryOf(slew, parked), unit, ms);
      expect(pointing && altAz(pointing, unit.site, ms).altDeg).toBeCloseTo(park.altDeg, 3);
    }
  });
});

test('the dome counts while the scheduler is ready', () => {
  const to = (mode: string) => fact('ModeChanged', { from: 'STANDBY', to: mode, reason: '' });
  expect(memoryOf(to('SCHED_READY')).isReady).toBe(true);
  expect(memoryOf(to('SCHED_READY'), to('SCHED_CLOSING')).isReady).toBe(false);
});

test('the seeing stays what it was last measured to be', () => {
  const sky = { cloud: 'clear', windMs: null, humidityPercent: null };
  const seen = fact('ConditionsChanged', { ...sky, seeingArcsec: 2.4 });
  expect(memoryOf(seen, fact('ConditionsChanged', sky)).seeingArcsec).toBe(2.4);
});

describe('a sequence that could not begin', () => {
  const refused = fact('SequenceRefused', { sequenceId: 7, name: 'S', reason: 'low' });

  test('is held back for ten minutes', () => {
    expect(memoryOf(refused).heldUntilMs.get(7)).toBe(NOW + 600_000);
  });

  test('is free again once its target has moved', () => {
    const moved = { sequenceId: 7, name: 'S', raDeg: 1, decDeg: 2, alertId: 3 };
    expect(memoryOf(refused, fact('TargetMoved', moved)).heldUntilMs.get(7)).toBeLessThan(NOW);
  });
});

describe('the arrival on a target', () => {
  const sequence = { name: 'S', program: 'P', target: 'T', isAlert: false };
  const started = fact('SequenceStarted', { sequenceId: 7, ...sequence });
  const arrived = { ...fact('SlewEnded', { sequenceId: 7, seconds: 9 }) };
  const later = { ...arrived, at: '2026-10-12T22:10:00.000Z' };

  test('is the end of the slew', () => {
    expect(memoryOf(started, arrived).onTarget).toEqual({ sequenceId: 7, sinceMs: NOW });
  });

  test('stays when the target moves', () => {
    expect(memoryOf(started, arrived, later).onTarget?.sinceMs).toBe(NOW);
  });

  test('is another one when the sequence begins again', () => {
    expect(memoryOf(started, arrived, started).onTarget).toBeNull();
    expect(memoryOf(started, arrived, started, later).onTarget?.sinceMs).toBe(NOW + 600_000);
  });
});
