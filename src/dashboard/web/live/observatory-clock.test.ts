import { describe, expect, it } from 'vitest';
import { adoptReading, observatoryNow } from './observatory-clock.ts';

const reading = { observatoryMs: 1_000_000, rate: 60, pageMs: 500 };

describe('the clock between two messages', () => {
  it('runs on at the rate of the observatory', () => {
    expect(observatoryNow(reading, 1500)).toBe(1_060_000);
  });

  it('never runs before its reading', () => {
    expect(observatoryNow(reading, 400)).toBe(1_000_000);
  });

  it('does not step back for a message that came a little late', () => {
    const late = { observatoryMs: 1_055_000, rate: 60, pageMs: 1500 };
    expect(adoptReading(reading, late)).toBe(reading);
  });

  it('follows a message that is ahead', () => {
    const ahead = { observatoryMs: 1_061_000, rate: 60, pageMs: 1500 };
    expect(adoptReading(reading, ahead)).toBe(ahead);
  });

  it('is set back when it has run far from the observatory', () => {
    const far = { observatoryMs: 1_000_000, rate: 60, pageMs: 1500 };
    expect(adoptReading(reading, far)).toBe(far);
  });

  it('takes a new rate at once', () => {
    const slower = { observatoryMs: 1_060_000, rate: 1, pageMs: 1500 };
    expect(adoptReading(reading, slower)).toBe(slower);
  });
});
