import { describe, expect, it } from 'vitest';
import {
  activityTone,
  modeTone,
  motionTone,
  safetyTone,
  safetyWord,
  shutterTone,
} from './state-tones.ts';

describe('tones', () => {
  it('never read an unfamiliar word as harmless', () => {
    expect(shutterTone('ajar')).toBe('unknown');
    expect(motionTone('unknown')).toBe('unknown');
    expect(activityTone('')).toBe('unknown');
  });

  it('read a dome that is open as bad where it may not be', () => {
    expect(shutterTone('open')).toBe('good');
    expect(shutterTone('open', false)).toBe('bad');
    expect(shutterTone('closed', false)).toBe('quiet');
  });

  it('read an unknown safety as unknown, not as safe', () => {
    expect(safetyTone(null)).toBe('unknown');
    expect(safetyWord(null)).toBe('UNKNOWN');
    expect(safetyWord(false)).toBe('UNSAFE');
  });

  it.each([
    ['PASSIVE_NO_PLC', 'bad'],
    ['SCHED_READY', 'active'],
    ['SCHED_CLOSING', 'busy'],
    ['REMOTE', 'warning'],
    ['STANDBY', 'quiet'],
  ] as const)('read the mode %s as %s', (mode, tone) => expect(modeTone(mode)).toBe(tone));
});
