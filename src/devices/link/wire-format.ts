import { JsonFraming } from '../plc/json-framing.ts';
import type { Framed, Framing } from './framing.ts';
import { LineFraming, ReplyFraming } from './line-framing.ts';
import type { Reply, WireKind } from './link.ts';

/** How requests and replies look as bytes. */
export interface WireFormat {
  /** What a client adds after each request. */
  readonly terminator: string;
  requests(): Framing<string>;
  replies(): Framing<Reply>;
  /** A reply's bytes, to be written one after the other. */
  encode(reply: Reply): Uint8Array[];
  /** The reply to a request that could not be read. */
  refusal(reason: string): Reply;
}

const encoder = new TextEncoder();

const lines: WireFormat = {
  terminator: '\n',
  requests: () => new LineFraming(),
  replies: () => new ReplyFraming(),
  encode: ({ text, body }) => {
    const line = encoder.encode(`${text}\n`);
    return body ? [line, body] : [line];
  },
  refusal: (reason) => ({ text: `ERR GARBLED ${reason}` }),
};

const json: WireFormat = {
  terminator: '',
  requests: () => new JsonFraming(),
  replies: () => new JsonReplyFraming(),
  encode: ({ text }) => [encoder.encode(text)],
  refusal: (reason) => ({ text: JSON.stringify([{ name: 'ERROR', comment: reason }]) }),
};

/** Both formats of docs/wire-protocol.md. */
export const wireFormats: Readonly<Record<WireKind, WireFormat>> = { lines, json };

class JsonReplyFraming implements Framing<Reply> {
  readonly #texts = new JsonFraming();

  push(chunk: Uint8Array): Framed<Reply>[] {
    return this.#texts
      .push(chunk)
      .map((item) =>
        item.kind === 'message' ? { kind: 'message', message: { text: item.message } } : item,
      );
  }
}
