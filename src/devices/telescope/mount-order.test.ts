import { describe, expect, it } from 'vitest';
import { parseCommandText } from '#agent';
import { type MountReading, readMountOrder } from './mount-order.ts';

function read(text: string): MountReading {
  const parsed = parseCommandText(text);
  if (!parsed.ok) throw new RangeError(parsed.error);
  const payload = parsed.order.payload as Parameters<typeof readMountOrder>[0];
  return readMountOrder(payload);
}

describe('a command to the mount', () => {
  it.each([
    ['MOUNT START goto 83.63 22.01', { kind: 'goto', target: { raDeg: 83.63, decDeg: 22.01 } }],
    ['mount start GOTO 0 -90', { kind: 'goto', target: { raDeg: 0, decDeg: -90 } }],
    ['MOUNT START park', { kind: 'park' }],
    ['MOUNT START home', { kind: 'home' }],
    ['MOUNT NATIVE #j- Now', { kind: 'native', request: '#j- Now' }],
    ['UNIT STOP', { kind: 'stop' }],
    ['MOUNT ABORT', { kind: 'stop' }],
    ['MOUNT GET coordinates', { kind: 'get', what: 'coordinates' }],
  ])('"%s" is understood', (text, order) => {
    expect(read(text)).toEqual({ ok: true, order });
  });

  it.each([
    'MOUNT START goto 360 0',
    'MOUNT START goto 10 90.5',
    'MOUNT START goto 10',
    'MOUNT START goto ten two',
    'MOUNT START goto 10 20 30',
    'MOUNT START goto Infinity 0',
  ])('"%s" is refused before it reaches the mount', (text) => {
    expect(read(text)).toMatchObject({
      ok: false,
      error: expect.stringContaining('0 to 360'),
    });
  });

  it.each([
    'MOUNT START fly',
    'MOUNT STOP now',
    'MOUNT START home now',
    'MOUNT GET weather',
    'MOUNT SET tracking on',
  ])('"%s" is refused with what a mount knows', (text) => {
    expect(read(text)).toMatchObject({ ok: false, error: expect.stringContaining('START park') });
  });

  it('is for the mount, not for a channel', () => {
    expect(read('CHAN VIS GET status')).toMatchObject({ ok: false });
  });
});
