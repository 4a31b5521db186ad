import { describe, expect, it } from 'vitest';
import { type Closing, closingStep, isAtRest } from './guardian-closing.ts';

const times = { patienceSeconds: 50, homeSeconds: 60 };

/** Plays so many seconds, one look every two; gives the seconds at which things were done. */
function play(seconds: number, proved: (second: number) => boolean, wanted = (_: number) => true) {
  let closing: Closing | null = null;
  const done = { homes: [] as number[], alarms: [] as number[], cleared: [] as number[] };
  for (let second = 0; second <= seconds; second += 2) {
    const look = { wanted: wanted(second), proved: proved(second), nowMs: second * 1000, ...times };
    const step = closingStep(closing, look);
    closing = step.closing;
    if (step.home) done.homes.push(second);
    if (step.alarm > 0) done.alarms.push(second);
    if (step.cleared) done.cleared.push(second);
  }
  return { ...done, closing };
}

describe('a closing', () => {
  it('that is proved in time needs nothing more', () => {
    expect(play(600, (second) => second >= 36)).toMatchObject({ homes: [], alarms: [] });
  });

  it('is told of when it is not proved in time, again each minute', () => {
    expect(play(300, () => false).alarms).toEqual([50, 110, 170, 230, 290]);
  });

  it('is tried the other way then, and again after each whole try', () => {
    expect(play(300, () => false).homes).toEqual([50, 160, 270]);
  });

  it('clears its alarm when it is proved, once', () => {
    expect(play(300, (second) => second >= 120).cleared).toEqual([120]);
  });

  it('clears its alarm when the dome may be open again', () => {
    const wanted = (second: number) => second < 100;
    expect(play(300, () => false, wanted)).toMatchObject({ cleared: [100], closing: null });
  });

  it('begins anew when the dome is found open later', () => {
    const proved = (second: number) => second >= 36 && second < 200;
    expect(play(300, proved).alarms).toEqual([250]);
  });

  it('comes to rest when it was wanted for the whole of its time and is proved', () => {
    const at = (second: number) => {
      const look = { proved: true, nowMs: second * 1000, patienceSeconds: 50 };
      return isAtRest(play(second, () => true).closing, look);
    };
    expect([at(48), at(50)]).toEqual([false, true]);
  });

  it('is never at rest when it is not proved', () => {
    const { closing } = play(600, () => true);
    const look = { proved: false, nowMs: 600_000, patienceSeconds: 50 };
    expect(isAtRest(closing, look)).toBe(false);
    expect(isAtRest(null, { ...look, proved: true })).toBe(false);
  });
});
