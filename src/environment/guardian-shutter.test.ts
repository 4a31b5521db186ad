import { describe, expect, it } from 'vitest';
import type { ShutterState } from '#devices';
import { isProvedClosed, shutterSeen, UNSEEN_SHUTTER } from './guardian-shutter.ts';

const spec = { openSeconds: 40, closeSeconds: 35 };

/** What is known after these words, two seconds apart. */
function heard(...words: (ShutterState | null)[]) {
  return words.reduce(
    (history, word, i) => shutterSeen(history, word, { nowMs: 1000 + i * 2000, spec }),
    { ...UNSEEN_SHUTTER, seenMs: 1000 },
  );
}

const times = <T>(n: number, word: T): T[] => Array<T>(n).fill(word);

describe('a shutter', () => {
  it.each([null, 'open', 'opening', 'closing', 'intermediate', 'unknown'] as const)(
    'is not proved closed when it says %s',
    (word) => {
      expect(isProvedClosed(heard(word))).toBe(false);
    },
  );

  it('that was never seen open is believed when it says closed', () => {
    expect(isProvedClosed(heard('closed'))).toBe(true);
  });

  it('is believed after the time that it takes to close', () => {
    expect(isProvedClosed(heard('open', ...times(17, 'closing' as const), 'closed'))).toBe(true);
  });

  it('is believed when it closed while nobody could look', () => {
    expect(isProvedClosed(heard('open', ...times(20, null), 'closed'))).toBe(true);
  });

  it('is not believed when it was open just before, nor for saying so for long (F13)', () => {
    expect(isProvedClosed(heard('open', 'closed'))).toBe(false);
    expect(isProvedClosed(heard('open', ...times(500, 'closed' as const)))).toBe(false);
  });

  it('is not believed in the middle of opening', () => {
    expect(isProvedClosed(heard(...times(15, 'opening' as const), 'closed'))).toBe(false);
  });

  it('is still not believed after it said nothing', () => {
    expect(isProvedClosed(heard('open', 'closed', null, 'closed'))).toBe(false);
  });

  it('is believed again once its switch was seen to let go', () => {
    const words: ShutterState[] = ['open', 'closed', ...times(20, 'closing' as const), 'closed'];
    expect(isProvedClosed(heard(...words))).toBe(true);
  });
});
