import { describe, expect, it } from 'vitest';
import { LineFraming, MAX_BODY_BYTES, MAX_LINE_BYTES, ReplyFraming } from './line-framing.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const lost = [expect.objectContaining({ kind: 'garbage', lost: true })];

describe('requests in a stream', () => {
  it('end at their newline, with or without a carriage return', () => {
    const found = new LineFraming().push(bytes('GET STATUS\r\nDO STOP\nDO P'));
    expect(found).toEqual([
      { kind: 'message', message: 'GET STATUS' },
      { kind: 'message', message: 'DO STOP' },
    ]);
  });

  it('come out whole when they arrive byte by byte', () => {
    const framing = new LineFraming();
    const found = [...bytes('SET FILTER é\n')].flatMap((byte) => framing.push(Uint8Array.of(byte)));
    expect(found).toEqual([{ kind: 'message', message: 'SET FILTER é' }]);
  });

  it('are given up when a line does not end', () => {
    const framing = new LineFraming();
    expect(framing.push(new Uint8Array(MAX_LINE_BYTES + 1).fill(65))).toEqual(lost);
    expect(framing.push(bytes('\nGET STATUS\n'))).toEqual([]);
  });
});

describe('replies in a stream', () => {
  it('carry the bytes that their line announces', () => {
    const framing = new ReplyFraming();
    const stream = [...bytes('OK IMAGE {"bytes":3}\n'), 10, 0, 255, ...bytes('OK\n')];
    const found = stream.flatMap((byte) => framing.push(Uint8Array.of(byte)));
    const image = { text: 'OK IMAGE {"bytes":3}', body: Uint8Array.of(10, 0, 255) };
    expect(found).toEqual([
      { kind: 'message', message: image },
      { kind: 'message', message: { text: 'OK' } },
    ]);
  });

  it('may carry an empty body', () => {
    const [image] = new ReplyFraming().push(bytes('OK IMAGE {"bytes":0}\n'));
    expect(image).toMatchObject({ message: { body: new Uint8Array(0) } });
  });

  it.each([
    'OK IMAGE {}',
    'OK IMAGE {"bytes":-1}',
    'OK IMAGE {"bytes":1.5}',
    'OK IMAGE {"bytes":"3"}',
    'OK IMAGE three',
    `OK IMAGE {"bytes":${MAX_BODY_BYTES + 1}}`,
  ])('are given up at "%s"', (line) => {
    expect(new ReplyFraming().push(bytes(`${line}\n`))).toEqual(lost);
  });
});
