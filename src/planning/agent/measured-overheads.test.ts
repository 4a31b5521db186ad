import { describe, expect, it } from 'vitest';
import type { Fact } from '#agent';
import { smallUnit } from '#testing';
import { transitionSeconds } from '../transition.ts';
import { learntFrom, nothingKnown, remember } from './observatory-memory.ts';
import { nightHours, planInputOf, reckonedSlewSeconds, setupSecondsOf } from './plan-input.ts';

const unit = smallUnit();
const hours = nightHours(unit, '2026-10-12');
const { dark } = hours;
if (!dark) throw new Error('no dark hours');

let ids = 0;
function slewEnded(seconds: number, plannedSeconds?: number): Fact {
  const at = '2026-10-12T22:00:00.000Z';
  const payload = {
    sequenceId: 1,
    seconds,
    ...(plannedSeconds !== undefined && { plannedSeconds }),
  };
  return { id: ++ids, at, agent: 'Observer', type: 'SlewEnded', payload };
}

const inputWith = (facts: readonly Fact[]) =>
  planInputOf({
    unit,
    hours: { ...hours, dark },
    nowMs: dark.startMs,
    waiting: [],
    running: null,
    quotas: new Map(),
    memory: facts.reduce(remember, nothingKnown),
    previousMs: new Map(),
  });

describe('what slews take', () => {
  it('is what the unit file says at first', () => {
    const { transition } = inputWith([]);
    expect(transition && transitionSeconds(60, transition)).toBe(reckonedSlewSeconds(unit, 60));
  });

  it('is planned as it was measured', () => {
    const { transition } = inputWith([slewEnded(15, 10), slewEnded(30, 20), slewEnded(12, 8)]);
    const planned = transition ? transitionSeconds(60, transition) : 0;
    expect(planned).toBeCloseTo(1.5 * reckonedSlewSeconds(unit, 60), 6);
  });

  it('is not learnt from slews that were re-pointed on their way', () => {
    const { transition } = inputWith([slewEnded(90), slewEnded(90), slewEnded(90)]);
    expect(transition).toEqual(inputWith([]).transition);
  });

  it('is restored from the facts after a death of the scheduler', () => {
    const facts = [slewEnded(15, 10), slewEnded(30, 20), slewEnded(12, 8)];
    const restored = learntFrom(facts.flatMap((fact) => (fact.type === 'SlewEnded' ? [fact] : [])));
    expect(restored).toEqual(facts.reduce(remember, nothingKnown).overheads);
  });
});

it('a unit with a solver plans the time that centring takes', () => {
  const solver = {
    program: '/usr/bin/solver',
    args: [],
    channel: 'VIS',
    exposureSeconds: 10,
    toleranceArcsec: 5,
    tries: 3,
    timeoutSeconds: 60,
  };
  expect(setupSecondsOf({ ...unit, solver }) - setupSecondsOf(unit)).toBe(16);
});
