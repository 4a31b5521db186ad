import { describe, expect, it } from 'vitest';
import { decideRestart } from './restart-policy.ts';

const NOW = 10_000_000;

describe('the restart of a process that died', () => {
  it('is at once the first time', () => {
    expect(decideRestart([], NOW, 20)).toEqual({ restart: true, pauseSeconds: 0 });
  });

  it('comes after a pause that doubles up to half a minute', () => {
    const pauses = [1, 2, 3, 4, 9, 15].map((before) => {
      const verdict = decideRestart(Array(before).fill(NOW - 1000), NOW, 20);
      return verdict.restart ? verdict.pauseSeconds : null;
    });
    expect(pauses).toEqual([0.5, 1, 2, 4, 30, 30]);
  });

  it('is refused once the budget of an hour is spent', () => {
    expect(decideRestart([NOW - 5, NOW - 4], NOW, 2)).toEqual({ restart: false });
    expect(decideRestart([], NOW, 0)).toEqual({ restart: false });
  });

  it('forgets what is longer ago than an hour', () => {
    const verdict = decideRestart([NOW - 3_600_000, NOW - 3_600_001], NOW, 2);
    expect(verdict).toEqual({ restart: true, pauseSeconds: 0 });
  });
});
