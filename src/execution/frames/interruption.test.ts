import { describe, expect, test } from 'vitest';
import { PyrosError } from '#platform';
import { endsSequence, exposuresRule, isInterruption } from './interruption.ts';

const found = (code: string) => new PyrosError(code, 'found');
const aborted = (cause?: unknown) => new PyrosError('ABORTED', 'aborted', { cause });

describe('the exposures under way', () => {
  test.each([
    ['as the abort asks', aborted({ reason: 'an alert', exposures: 'readout' }), 'readout'],
    ['discarded when it asks nothing', aborted('rain'), 'discard'],
    ['discarded when it asks for nonsense', aborted({ exposures: 'sell' }), 'discard'],
    ['read out when the sky ends them', found('UNSAFE'), 'readout'],
    ['read out when the slit stalls', found('SLIT_AWAY'), 'readout'],
    ['discarded when the camera failed', found('DEVICE_TIMEOUT'), 'discard'],
  ])('are %s', (_, error, rule) => {
    expect(exposuresRule(error)).toBe(rule);
  });
});

test('the sky and a deleted request interrupt; devices fail', () => {
  expect(
    ['UNSAFE', 'TARGET_LIMIT', 'SEQUENCE_GONE'].every((code) => isInterruption(found(code))),
  ).toBe(true);
  expect(isInterruption(found('MOUNT_NOT_TRACKING'))).toBe(false);
});

test('a mount that fails ends the sequence, a camera its channel', () => {
  expect(endsSequence(found('MOUNT_NOT_TRACKING'))).toBe(true);
  expect(endsSequence(found('DEVICE_TIMEOUT'))).toBe(false);
});
