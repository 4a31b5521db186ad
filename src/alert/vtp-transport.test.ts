import { describe, expect, it } from 'vitest';
import { answerTo, readTransport, type Transport, writeTransport } from './vtp-transport.ts';
import { parseXml } from './xml-tree.ts';

const now = Date.UTC(2014, 3, 23, 21, 8, 24);

function read(bytes: Uint8Array | string): Transport | null {
  const parsed = parseXml(bytes);
  if (!parsed.ok) throw new Error(parsed.reason);
  return readTransport(parsed.root);
}

describe('transport messages', () => {
  it('are read as they were written', () => {
    const nak: Transport = {
      role: 'nak',
      origin: 'ivo://a/b#"c"',
      response: 'ivo://pyros/unit',
      result: 'role <urgent> & more',
    };
    expect(read(writeTransport(nak, now))).toEqual(nak);
  });

  it('carry the time of writing and no empty parts', () => {
    const message: Transport = { role: 'ack', origin: 'ivo://a', response: null, result: null };
    const text = new TextDecoder().decode(writeTransport(message, now));
    expect(text).toContain('<TimeStamp>2014-04-23T21:08:24.000Z</TimeStamp>');
    expect(text).not.toMatch(/Response|Meta/);
  });

  it('answer a heartbeat and a greeting with the same origin', () => {
    for (const role of ['iamalive', 'authenticate'] as const) {
      const heard: Transport = { role, origin: 'ivo://broker', response: null, result: null };
      const response = 'ivo://pyros/unit';
      expect(answerTo(heard, response)).toEqual({ ...heard, response });
    }
  });

  it('leave an acknowledgement without answer', () => {
    const ack: Transport = { role: 'ack', origin: 'ivo://a', response: null, result: null };
    expect(answerTo(ack, 'ivo://pyros/unit')).toBeNull();
  });

  it('are told from other documents and roles', () => {
    expect(read('<VOEvent role="ack"/>')).toBeNull();
    expect(read('<Transport role="dance"/>')).toBeNull();
  });
});
