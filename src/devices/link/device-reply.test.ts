import { describe, expect, it } from 'vitest';
import { errorReply, imageReply, okReply, parseReply } from './device-reply.ts';

describe('a reply line', () => {
  it('is read back as it was written', () => {
    expect(parseReply(okReply())).toEqual({ kind: 'ok' });
    expect(parseReply(okReply({ a: 1 }))).toEqual({ kind: 'ok', json: { a: 1 } });
    expect(parseReply(errorReply('BUSY', 'Wait a bit.'))).toEqual({
      kind: 'error',
      code: 'BUSY',
      sentence: 'Wait a bit.',
    });
    const body = Uint8Array.of(1, 2);
    expect(parseReply(imageReply({ a: 1 }, body))).toEqual({
      kind: 'image',
      json: { a: 1, bytes: 2 },
      body,
    });
  });

  it.each(['', 'ok', 'OKAY', 'OK {', 'OK {]}', 'OK [1]', 'ERR', 'ERR busy x', 'OK IMAGE {"a":1}'])(
    'is garbled when it is "%s"',
    (text) => {
      expect(parseReply({ text })).toMatchObject({ kind: 'garbled' });
    },
  );
});
