import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_JSON_LENGTH } from '../plc/json-framing.ts';
import { faultyAnswer } from './faulty-answer.ts';
import type { Framed } from './framing.ts';
import { MAX_LINE_BYTES } from './line-framing.ts';
import type { Reply, WireKind } from './link.ts';
import { wireFormats } from './wire-format.ts';

const replies: Readonly<Record<WireKind, fc.Arbitrary<Reply>>> = {
  lines: fc
    .record({
      text: fc.string({ unit: 'grapheme' }).map((text) => `OK ${JSON.stringify({ text })}`),
      body: fc.option(fc.uint8Array({ maxLength: 200 }), { nil: undefined }),
    })
    .map(({ text, body }) =>
      body ? { text: `OK IMAGE {"bytes":${body.length}}`, body } : { text },
    ),
  json: fc
    .array(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()))
    .map((value) => ({ text: JSON.stringify(value) })),
};

const WIRES = ['lines', 'json'] as const;
const cut = fc.integer({ min: 1, max: 50 });

/** What a fresh framing finds in these bytes, cut into pieces of one size. */
function read(wire: WireKind, chunks: readonly Uint8Array[], size: number): Framed<Reply>[] {
  const framing = wireFormats[wire].replies();
  return chunks.flatMap((chunk) => {
    const found: Framed<Reply>[] = [];
    for (let i = 0; i < chunk.length; i += size) {
      found.push(...framing.push(chunk.subarray(i, i + size)));
    }
    return found;
  });
}

describe.each(WIRES)('the framing of %s', (wire) => {
  const encode = (reply: Reply) => wireFormats[wire].encode(reply);

  it('never makes a message of a part of one', () => {
    const reply = replies[wire].filter(({ text }) => text.length > 2);
    fc.assert(
      fc.property(reply, cut, (one, size) => {
        const { chunks } = faultyAnswer(encode(one), 'partial');
        const found = read(wire, chunks, size);
        // The line of an image may be whole where its bytes are not.
        expect(found.filter(({ kind }) => kind === 'message')).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('finds two messages in one read, and both are whole', () => {
    fc.assert(
      fc.property(replies[wire], (one) => {
        const { chunks } = faultyAnswer(encode(one), 'duplicate');
        const found = read(wire, chunks, 1_000_000);
        expect(found).toHaveLength(2);
        expect(found[0]).toEqual(found[1]);
        expect(found[0]).toMatchObject({ kind: 'message', message: { text: one.text } });
      }),
      { numRuns: 100 },
    );
  });

  it('finds a message that comes byte by byte', () => {
    fc.assert(
      fc.property(replies[wire], (one) => {
        const { chunks } = faultyAnswer(encode(one), 'trickle');
        expect(read(wire, chunks, 1)).toMatchObject([
          { kind: 'message', message: { text: one.text } },
        ]);
      }),
      { numRuns: 50 },
    );
  });

  it('gives up on 10 MB in one piece or in many, and keeps none of it', () => {
    const { chunks } = faultyAnswer([], 'flood');
    const framing = wireFormats[wire].replies();
    const most = Math.max(MAX_LINE_BYTES, MAX_JSON_LENGTH);
    let bytes = 0;
    let given = 0;
    for (const chunk of chunks) {
      const lost = framing.push(chunk).filter(({ kind }) => kind === 'garbage');
      bytes += chunk.length;
      given += lost.length;
      if (lost.length > 0) expect(bytes).toBeLessThan(most + 200_000);
    }
    expect(given).toBe(1);
    expect(bytes).toBeGreaterThan(9_999_999);
  });

  it('survives any bytes, in any pieces', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), cut, (bytes, size) => {
        for (const item of read(wire, [bytes], size)) {
          expect(item.kind === 'garbage' ? item.reason : item.message.text).toBeTypeOf('string');
        }
      }),
      { numRuns: 200 },
    );
  });
});
