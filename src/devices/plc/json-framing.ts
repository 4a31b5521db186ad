import type { Framed, Framing } from '../link/framing.ts';
import { preview } from '../link/framing.ts';

/** Longest JSON text, characters. */
export const MAX_JSON_LENGTH = 1_048_576;

/**
 * Cuts whole JSON objects and arrays out of a stream that puts nothing between them, as the PLC
 * does: brackets are counted outside strings. White space between texts is skipped, anything else
 * is reported as garbage. Whether a text is valid JSON is for its reader to say.
 */
export class JsonFraming implements Framing<string> {
  readonly #decoder = new TextDecoder();
  /** Characters of the text in progress that came in earlier pieces. */
  #text = '';
  #depth = 0;
  #inString = false;
  #escaped = false;
  #lost = false;

  push(chunk: Uint8Array | string): Framed<string>[] {
    if (this.#lost) return [];
    const piece = typeof chunk === 'string' ? chunk : this.#decoder.decode(chunk, { stream: true });
    const found: Framed<string>[] = [];
    let from = 0;
    while (from < piece.length && !this.#lost) {
      from = this.#depth === 0 ? skipToBracket(piece, from, found) : from;
      from = this.#readText(piece, from, found);
    }
    return found;
  }

  /** Reads on from `from` until the text in progress ends; returns where it stopped. */
  #readText(piece: string, from: number, found: Framed<string>[]): number {
    for (let i = from; i < piece.length; i++) {
      if (!this.#endsAt(piece.charAt(i))) continue;
      const text = this.#text + piece.slice(from, i + 1);
      this.#text = '';
      found.push(
        text.length > MAX_JSON_LENGTH ? this.#giveUp() : { kind: 'message', message: text },
      );
      return i + 1;
    }
    this.#text += piece.slice(from);
    if (this.#text.length > MAX_JSON_LENGTH) found.push(this.#giveUp());
    return piece.length;
  }

  #endsAt(char: string): boolean {
    if (this.#escaped) this.#escaped = false;
    else if (this.#inString) {
      if (char === '\\') this.#escaped = true;
      else if (char === '"') this.#inString = false;
    } else if (char === '"') this.#inString = true;
    else if (char === '{' || char === '[') this.#depth++;
    else if (char === '}' || char === ']') return --this.#depth === 0;
    return false;
  }

  #giveUp(): Framed<string> {
    this.#lost = true;
    this.#text = '';
    return {
      kind: 'garbage',
      reason: `a JSON text exceeds ${MAX_JSON_LENGTH} characters`,
      lost: true,
    };
  }
}

/** Where the next text begins; what stands before it, white space apart, is added as garbage. */
function skipToBracket(piece: string, from: number, found: Framed<string>[]): number {
  const offset = piece.slice(from).search(/[{[]/);
  const start = offset === -1 ? piece.length : from + offset;
  const between = piece.slice(from, start).trim();
  if (between !== '') {
    found.push({ kind: 'garbage', reason: `${preview(between)} is not JSON`, lost: false });
  }
  return start;
}
