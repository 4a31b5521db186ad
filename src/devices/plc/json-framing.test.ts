import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonFraming, MAX_JSON_LENGTH } from './json-framing.ts';

const message = (text: string) => ({ kind: 'message', message: text });

describe('JSON framing', () => {
  it('waits for the other half of a text', () => {
    const framing = new JsonFraming();
    expect(framing.push('[{"a": 1')).toEqual([]);
    expect(framing.push('2}]')).toEqual([message('[{"a": 12}]')]);
  });

  it('finds two texts in one read, whatever white space stands between', () => {
    expect(new JsonFraming().push('{"a":1} \r\n[2]')).toEqual([message('{"a":1}'), message('[2]')]);
  });

  it('counts no bracket inside a string, nor an escaped quote as its end', () => {
    const text = '{"a": "}\\"]{", "b\\\\": "["}';
    expect(new JsonFraming().push(text)).toEqual([message(text)]);
  });

  it('reports garbage and goes on with the next text', () => {
    const [garbage, next] = new JsonFraming().push('hello {"a":1}');
    expect(garbage).toEqual({ kind: 'garbage', reason: '"hello" is not JSON', lost: false });
    expect(next).toEqual(message('{"a":1}'));
  });

  it('gives up on a text without end, and stays silent then', () => {
    const framing = new JsonFraming();
    expect(framing.push(`["${'x'.repeat(MAX_JSON_LENGTH)}`)).toEqual([
      expect.objectContaining({ kind: 'garbage', lost: true }),
    ]);
    expect(framing.push('"] {"a":1}')).toEqual([]);
  });

  it('gives up on a whole text that is too long', () => {
    const found = new JsonFraming().push(`["${'x'.repeat(MAX_JSON_LENGTH)}"]{"a":1}`);
    expect(found).toEqual([expect.objectContaining({ kind: 'garbage', lost: true })]);
  });

  it('finds the same texts however the bytes are cut', () => {
    const objects = fc.array(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()));
    fc.assert(
      fc.property(objects, fc.integer({ min: 1, max: 7 }), (given, size) => {
        const texts = given.map((object) => JSON.stringify(object));
        const bytes = new TextEncoder().encode(texts.join(''));
        const framing = new JsonFraming();
        const found = [];
        for (let i = 0; i < bytes.length; i += size) {
          found.push(...framing.push(bytes.subarray(i, i + size)));
        }
        expect(found).toEqual(texts.map(message));
      }),
      { numRuns: 50 },
    );
  });
});
