/** Bytes of the length that precedes every message: unsigned, most significant first. */
const HEADER_BYTES = 4;

export interface Framing {
  /** Messages completed by the last chunk, in order. */
  readonly frames: readonly Uint8Array[];
  /** Why the stream can no longer be understood; null while it can. */
  readonly problem: string | null;
}

/** A message of the VOEvent Transport Protocol as it goes over the wire. */
export function frameMessage(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const framed = new Uint8Array(HEADER_BYTES + message.length);
  new DataView(framed.buffer).setUint32(0, message.length);
  framed.set(message, HEADER_BYTES);
  return framed;
}

/**
 * Cuts a byte stream into messages, whatever the size of the chunks. Each byte is copied once, so a
 * sender of single bytes gains nothing. Once a length is impossible the stream is lost for good.
 */
export class VtpFramer {
  readonly #maxBytes: number;
  readonly #header = new Uint8Array(HEADER_BYTES);
  #headerFilled = 0;
  /** The message being received, once its length is known. */
  #body: Uint8Array | null = null;
  #bodyFilled = 0;
  #problem: string | null = null;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Whether a message has begun and is not complete. */
  get isInsideMessage(): boolean {
    return this.#headerFilled > 0;
  }

  push(chunk: Uint8Array): Framing {
    const frames: Uint8Array[] = [];
    let at = 0;
    while (at < chunk.length && this.#problem === null) {
      at += this.#body
        ? this.#takeBody(this.#body, chunk.subarray(at), frames)
        : this.#takeHeader(chunk.subarray(at));
    }
    return { frames, problem: this.#problem };
  }

  #takeHeader(bytes: Uint8Array): number {
    const taken = Math.min(HEADER_BYTES - this.#headerFilled, bytes.length);
    this.#header.set(bytes.subarray(0, taken), this.#headerFilled);
    this.#headerFilled += taken;
    if (this.#headerFilled === HEADER_BYTES) {
      this.#begin(new DataView(this.#header.buffer).getUint32(0));
    }
    return taken;
  }

  #begin(length: number): void {
    if (length === 0) this.#problem = 'a message of length 0';
    else if (length > this.#maxBytes) {
      this.#problem = `a message of ${length} bytes; at most ${this.#maxBytes} are accepted`;
    } else {
      this.#body = new Uint8Array(length);
      this.#bodyFilled = 0;
    }
  }

  #takeBody(body: Uint8Array, bytes: Uint8Array, frames: Uint8Array[]): number {
    const taken = Math.min(body.length - this.#bodyFilled, bytes.length);
    body.set(bytes.subarray(0, taken), this.#bodyFilled);
    this.#bodyFilled += taken;
    if (this.#bodyFilled === body.length) {
      frames.push(body);
      this.#body = null;
      this.#headerFilled = 0;
    }
    return taken;
  }
}
