import { describe, expect, it } from 'vitest';
import { bytesToPixels, pixelsToBytes } from './pixel-bytes.ts';

describe('pixels on the wire', () => {
  it('are little-endian', () => {
    expect([...pixelsToBytes(Uint16Array.of(1, 0xabcd))]).toEqual([1, 0, 0xcd, 0xab]);
  });

  it('come back as they were, from an odd offset too', () => {
    const pixels = Uint16Array.of(0, 1, 65_535, 256);
    const packet = new Uint8Array(9);
    packet.set(pixelsToBytes(pixels), 1);
    expect(bytesToPixels(packet.subarray(1))).toEqual(pixels);
  });
});
