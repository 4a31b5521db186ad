import { describe, expect, it } from 'vitest';
import { observatorySources, rainySafety } from '#testing';
import { fourValues } from './four-values.ts';
import type { ObservatorySources } from './observatory-sources.ts';

const words = (other: Partial<ObservatorySources> = {}) => {
  const { raw, bypass, lock, effective } = fourValues(observatorySources(other));
  return [raw.word, bypass.word, lock.word, effective.word];
};

const state = (other: Partial<NonNullable<ObservatorySources['observatory']>>) => {
  const { observatory } = observatorySources();
  return observatory && { ...observatory, ...other };
};

describe('the four values', () => {
  it('are safe, off, unlocked and safe on a fair night', () => {
    expect(words()).toEqual(['SAFE', 'OFF', 'UNLOCKED', 'SAFE']);
  });

  it('tell the causes of the raw value, and the same of what counts, under rain', () => {
    const { raw, effective } = fourValues(observatorySources({ safety: rainySafety() }));
    expect(raw).toMatchObject({ word: 'UNSAFE', tone: 'bad' });
    expect(raw.lines).toEqual(['rain 12 mm/h is above 0.1 mm/h']);
    expect(effective).toMatchObject({ word: 'UNSAFE', tone: 'bad' });
  });

  it('keep the raw value unsafe while a bypass makes what counts safe', () => {
    const safety = rainySafety({ bypass: 1, bypass_state: 'on', safe: 1, reasons: '[]' });
    const observatory = state({
      bypass: 1,
      bypass_by: 'Ada',
      bypass_reason: 'sensor broken',
      bypass_until: '2026-10-12T22:30:00.000Z',
    });
    const values = fourValues(observatorySources({ safety, observatory }));
    expect([values.raw.word, values.bypass.word, values.effective.word]).toEqual([
      'UNSAFE',
      'ON',
      'SAFE',
    ]);
    expect(values.bypass.lines).toEqual(['until 22:30Z', 'Ada: sensor broken']);
    expect(values.effective.tone).toBe('warning');
  });

  it('tell a bypass that was asked from one that the PLC shows', () => {
    expect(words({ observatory: state({ bypass: 1 }) })[1]).toBe('ASKED');
  });

  it('do not count a bypass that nobody asked for here', () => {
    const safety = rainySafety({ bypass: 1, bypass_state: 'on', safe: 1, reasons: '[]' });
    expect(words({ safety })).toEqual(['UNSAFE', 'ON', 'UNLOCKED', 'UNSAFE']);
  });

  it('call a bypass void that is shown and does not count', () => {
    const safety = rainySafety({ bypass: 1, bypass_state: 'void' });
    expect(words({ safety })).toEqual(['UNSAFE', 'VOID', 'UNLOCKED', 'UNSAFE']);
  });

  it('keep safety and lock apart: a locked observatory may be safe', () => {
    const observatory = state({ locked: 1, locked_by: 'Ada', locked_reason: 'visitors' });
    const { lock, effective } = fourValues(observatorySources({ observatory }));
    expect(lock).toMatchObject({ word: 'LOCKED', lines: ['Ada: visitors', expect.anything()] });
    expect(effective).toMatchObject({ word: 'SAFE', lines: [expect.stringContaining('locked')] });
  });

  it('are unknown when the last word is too old, or there was none', () => {
    const old = rainySafety({ updated: '2026-10-12T21:59:39.000Z' });
    expect(words({ safety: old })).toEqual(['UNKNOWN', 'UNKNOWN', 'UNLOCKED', 'UNKNOWN']);
    expect(words({ safety: null, observatory: null })).toEqual(Array(4).fill('UNKNOWN'));
  });
});
