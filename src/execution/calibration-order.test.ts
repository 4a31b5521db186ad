import { describe, expect, test } from 'vitest';
import { type CalibrationLook, calibrationDue, orderedParts } from './calibration-order.ts';

const FLATS = { images: 3, adu: 20_000, leastSeconds: 1, mostSeconds: 30 };
const DUSK: CalibrationLook = {
  spec: { flats: FLATS, darks: { images: 3, seconds: [60] }, biases: { images: 5 } },
  ordered: [],
  domeOpen: true,
  domeClosed: false,
  mode: 'SCHED_READY',
  nightOver: false,
  sunAltDeg: -6,
  sunRises: false,
  openSunAltDeg: -3,
  scienceSunAltDeg: -12,
  closeSunAltDeg: -3,
};
const CLOSED = { mode: 'STANDBY', domeOpen: false, domeClosed: true, nightOver: true };
const due = (changes: Partial<CalibrationLook>) => calibrationDue({ ...DUSK, ...changes });

describe('flats', () => {
  test('are due at dusk, and at dawn while the Sun comes back', () => {
    expect(due({})).toBe('dusk');
    expect(due({ sunRises: true })).toBe('dawn');
  });

  test('are due once', () => {
    expect(due({ ordered: ['dusk'] })).toBeNull();
    expect(due({ ordered: ['dusk'], sunRises: true })).toBe('dawn');
  });

  test.each<[string, Partial<CalibrationLook>]>([
    ['the unit asks for none', { spec: {} }],
    ['the dome is not open', { domeOpen: false }],
    ['the observatory is not ready', { mode: 'STANDBY' }],
    ['science may run', { sunAltDeg: -12 }],
    ['the Sun is too high at dusk', { sunAltDeg: -3 }],
    ['the dome is about to close at dawn', { sunAltDeg: -3, sunRises: true }],
  ])('are not due when %s', (_, changes) => expect(due(changes)).toBeNull());
});

describe('darks and biases', () => {
  test('are due once the dome is closed after dawn, once', () => {
    expect(due(CLOSED)).toBe('closed');
    expect(due({ ...CLOSED, ordered: ['dusk', 'dawn', 'closed'] })).toBeNull();
  });

  test('are not due while the dome is not proved closed, or when nobody asks', () => {
    expect(due({ ...CLOSED, domeClosed: false })).toBeNull();
    expect(due({ ...CLOSED, spec: { flats: FLATS } })).toBeNull();
  });
});

test('the column holds every part of a night', () => {
  expect('dusk,dawn,closed'.length).toBeLessThanOrEqual(20);
  expect(orderedParts('dusk,dawn')).toEqual(['dusk', 'dawn']);
  expect(orderedParts('')).toEqual([]);
});
