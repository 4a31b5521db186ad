/** What a stream of bytes contained: a whole message, or something that is none. */
export type Framed<Message> =
  | { readonly kind: 'message'; readonly message: Message }
  | {
      readonly kind: 'garbage';
      /** A sentence for the log. */
      readonly reason: string;
      /** True when the next message cannot be found any more: the connection must end. */
      readonly lost: boolean;
    };

/** Cuts a stream into messages, in whatever pieces it comes. One instance serves one connection. */
export interface Framing<Message> {
  /** Takes the next bytes and returns what they complete, in order. */
  push(chunk: Uint8Array): Framed<Message>[];
}

/** The beginning of a text that cannot be trusted, made fit for a log line. */
export function preview(text: string): string {
  const printable = text.slice(0, 60).replace(/[^\x20-\x7e]/g, '?');
  return text.length > 60 ? `"${printable}…"` : `"${printable}"`;
}
