import { describe, expect, it } from 'vitest';
import type { ObservatoryAction, ObservatoryPage } from '../../tonight.ts';
import { ACTION_WORDS, isShown } from './confirmation.ts';

const value = (word: string) => ({ word, tone: 'quiet', lines: [], at: null });

function page(state: { lock?: string; bypass?: string; shutter?: string; mode?: string }) {
  const { lock = 'UNLOCKED', bypass = 'OFF', shutter = 'open', mode = 'SCHED_READY' } = state;
  const values = { lock: value(lock), bypass: value(bypass) };
  return { values, dome: { shutter }, mode: { name: mode } } as unknown as ObservatoryPage;
}

describe('an action is confirmed', () => {
  it.each<[ObservatoryAction, object, boolean]>([
    ['lock', { lock: 'LOCKED', shutter: 'closed' }, true],
    ['lock', { lock: 'LOCKED', shutter: 'closing' }, false],
    ['lock', { shutter: 'closed' }, false],
    ['lock', { lock: 'LOCKED', shutter: 'unknown' }, false],
    ['unlock', {}, true],
    ['bypass', { bypass: 'ASKED' }, false],
    ['bypass', { bypass: 'ON' }, true],
    ['stop-bypass', { bypass: 'VOID' }, false],
    ['stop-bypass', {}, true],
    ['remote', { mode: 'REMOTE' }, true],
    ['scheduler', { mode: 'REMOTE' }, false],
    ['scheduler', { mode: 'STANDBY' }, true],
  ])('%s by %o: %s', (action, state, shown) => {
    expect(isShown(action, page(state))).toBe(shown);
  });

  it('and every one is asked about before it is sent, but closing', () => {
    const words = Object.entries(ACTION_WORDS);
    expect(words.filter(([, { confirms }]) => !confirms).map(([action]) => action)).toEqual([
      'lock',
    ]);
  });
});
