import { describe, expect, it } from 'vitest';
import { NO_EVIDENCE, readEvidence, whyClosed } from './wire-evidence.ts';

const NOW = Date.UTC(2026, 9, 12, 22);

function frame(
  values: Record<string, number | string>,
  more: { date?: string; valid?: string } = {},
) {
  const { date = '2026-10-12T22:00:00', valid = 'yes' } = more;
  const device = Object.entries(values).map(([name, value]) => {
    const [owner = '', field = ''] = name.split('.');
    return { name: owner, valid, values: [{ name: field, value }] };
  });
  return JSON.stringify([{ date, device }]);
}

const dangerOf = (text: string | null) => readEvidence(NO_EVIDENCE, { text, nowMs: NOW }).danger;

describe('what the wire of the PLC gives away', () => {
  it.each([
    ['WXT520.RainRate', 3, 'it rains'],
    ['VantagePro.RainRate', 3, 'it rains'],
    ['DRD11.analog', 1.2, 'the rain detector is wet'],
    ['OBSERVATORY.EmergencyStop', 1, 'the emergency stop is pressed'],
    ['OBSERVATORY.Intrusion', 1, 'somebody is inside'],
    ['OBSERVATORY.Ups', 'low', 'the UPS is on low'],
  ])('%s of %s: %s', (name, value, danger) => {
    expect(dangerOf(frame({ [name]: value }))).toBe(danger);
  });

  it('is nothing of a sensor that is not valid', () => {
    expect(dangerOf(frame({ 'WXT520.RainRate': 3 }, { valid: 'no' }))).toBeNull();
  });

  it('is nothing new in an old frame, or in rubbish', () => {
    const old = frame({ 'WXT520.RainRate': 3 }, { date: '2017-03-03T13:45:00' });
    expect(readEvidence(NO_EVIDENCE, { text: old, nowMs: NOW })).toEqual(NO_EVIDENCE);
    expect(readEvidence(NO_EVIDENCE, { text: '[{', nowMs: NOW })).toEqual(NO_EVIDENCE);
    expect(readEvidence(NO_EVIDENCE, { text: null, nowMs: NOW })).toEqual(NO_EVIDENCE);
  });

  it('forbids an open dome before the first frame and when the last is too old', () => {
    const at = { nowMs: NOW, maxAgeSeconds: 20 };
    expect(whyClosed(NO_EVIDENCE, at)).toBe('nothing was heard of the PLC');
    const heard = { goodFrameMs: NOW - 21_000, danger: null };
    expect(whyClosed(heard, at)).toBe('the PLC is silent');
    expect(whyClosed({ ...heard, goodFrameMs: NOW - 19_000 }, at)).toBeNull();
  });
});
