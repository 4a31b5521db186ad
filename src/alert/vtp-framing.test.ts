import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameMessage, VtpFramer } from './vtp-framing.ts';

const message = fc.uint8Array({ minLength: 1, maxLength: 300 });

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Cuts bytes at the given places, wherever they fall. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const bounds = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
  return [0, ...bounds].map((from, i) => bytes.subarray(from, bounds[i] ?? bytes.length));
}

describe('cutting a stream into messages', () => {
  it('writes the length first, most significant byte first', () => {
    expect([...frameMessage(Uint8Array.from([7, 8]))]).toEqual([0, 0, 0, 2, 7, 8]);
  });

  it('gives back the messages however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(message), fc.array(fc.nat()), (messages, places) => {
        const framer = new VtpFramer(300);
        const chunks = cut(joined(messages.map(frameMessage)), places);
        const frames = chunks.flatMap((chunk) => framer.push(chunk).frames);
        expect(frames.map((frame) => [...frame])).toEqual(messages.map((each) => [...each]));
        expect(framer.isInsideMessage).toBe(false);
      }),
    );
  });

  it('never throws on garbage, and holds no more than one message', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 })), (chunks) => {
        const framer = new VtpFramer(40);
        const frames = chunks.flatMap((chunk) => framer.push(chunk).frames);
        expect(frames.every((frame) => frame.length > 0 && frame.length <= 40)).toBe(true);
      }),
    );
  });

  it.each([
    ['length 0', [0, 0, 0, 0], /length 0/],
    ['the greatest length', [255, 255, 255, 255], /4294967295 bytes; at most 1000/],
    ['a length written backwards', [200, 1, 0, 0], /3355508736 bytes/],
    ['one byte too many', [0, 0, 3, 233], /1001 bytes/],
  ])('refuses %s', (_name, header, problem) => {
    const framer = new VtpFramer(1000);
    expect(framer.push(Uint8Array.from(header)).problem).toMatch(problem);
  });

  it('gives what was complete before the problem, and nothing after it', () => {
    const framer = new VtpFramer(10);
    const good = frameMessage(Uint8Array.from([1]));
    const { frames, problem } = framer.push(joined([good, Uint8Array.from([0, 0, 0, 0]), good]));
    expect([frames.length, problem]).toEqual([1, 'a message of length 0']);
    expect(framer.push(good)).toEqual({ frames: [], problem: 'a message of length 0' });
  });

  it('knows when it is inside a message', () => {
    const framer = new VtpFramer(10);
    framer.push(Uint8Array.from([0]));
    expect(framer.isInsideMessage).toBe(true);
    framer.push(Uint8Array.from([0, 0, 1, 9]));
    expect(framer.isInsideMessage).toBe(false);
  });

  it('takes a megabyte byte by byte without copying it over and over', () => {
    const framer = new VtpFramer(1_000_000);
    const stream = frameMessage(new Uint8Array(300_000).fill(65));
    let frames = 0;
    const before = performance.now();
    for (let at = 0; at < stream.length; at++) {
      frames += framer.push(stream.subarray(at, at + 1)).frames.length;
    }
    expect(frames).toBe(1);
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
