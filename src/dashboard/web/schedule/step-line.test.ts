import { describe, expect, it } from 'vitest';
import type { SightStep } from '../../tonight.ts';
import { timeScale } from '../marks/time-scale.ts';
import { highestLevel, stepLabels, stepPath } from './step-line.ts';

const zero = Date.parse('2014-04-23T20:00:00.000Z');
const scale = timeScale(zero, zero + 3_600_000, 360);
const step = (fromMinute: number, toMinute: number, ...texts: string[]): SightStep => ({
  start: new Date(zero + fromMinute * 60_000).toISOString(),
  end: new Date(zero + toMinute * 60_000).toISOString(),
  against: texts.map((text) => ({ code: text.toUpperCase(), text })),
});
const steps = [step(0, 20, 'not dark', 'below 25°'), step(20, 30), step(30, 60, 'not dark')];

describe('a line by steps', () => {
  it('runs level and jumps at each step', () => {
    expect(stepPath(steps, scale, (level) => 100 - 10 * level)).toBe(
      'M0.0 80.0H120.0V100.0H180.0V90.0H360.0',
    );
  });

  it('is nothing without steps', () => {
    expect(stepPath([], scale, (level) => level)).toBe('');
  });

  it('says how high it goes, and 1 at least', () => {
    expect(highestLevel(steps, [])).toBe(2);
    expect(highestLevel([])).toBe(1);
  });
});

describe('the words on the steps', () => {
  it('name what stands against observing, in short where room is scarce', () => {
    expect(stepLabels(steps, scale).map(({ text, xPx }) => `${text} ${xPx}`)).toEqual([
      'not dark +1 60',
      'not dark 270',
    ]);
  });

  it('are left out where there is no room, and where it is visible', () => {
    expect(stepLabels([step(0, 5, 'not dark'), step(5, 60)], scale)).toEqual([]);
  });
});
