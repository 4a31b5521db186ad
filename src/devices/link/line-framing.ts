import type { Framed, Framing } from './framing.ts';
import type { Reply } from './link.ts';

/** Longest line of text, bytes. */
export const MAX_LINE_BYTES = 65_536;
/** Longest body: the largest detector that a unit file may describe, 16 bits a pixel. */
export const MAX_BODY_BYTES = 16_384 * 16_384 * 2;

const NEWLINE = 10;

/** Requests of the line protocol: one a line, a carriage return before the newline is ignored. */
export class LineFraming implements Framing<string> {
  readonly #lines = new LineCutter();

  push(chunk: Uint8Array): Framed<string>[] {
    const found: Framed<string>[] = [];
    this.#lines.add(chunk);
    for (;;) {
      const line = this.#lines.next();
      if (line === undefined) return found;
      if (line === 'too long') return [...found, lost(`a line exceeds ${MAX_LINE_BYTES} bytes`)];
      found.push({ kind: 'message', message: line.text });
    }
  }
}

/** Replies of the line protocol: a line, then as many bytes as an `OK IMAGE` line announces. */
export class ReplyFraming implements Framing<Reply> {
  readonly #lines = new LineCutter();
  #body: BodyCollector | undefined;

  push(chunk: Uint8Array): Framed<Reply>[] {
    const found: Framed<Reply>[] = [];
    this.#lines.add(chunk);
    for (;;) {
      const next = this.#body ? this.#continueBody(this.#body) : this.#nextLine();
      if (next === undefined) return found;
      if (next === 'body follows') continue;
      found.push(next);
      if (next.kind === 'garbage') return found;
    }
  }

  #nextLine(): Framed<Reply> | 'body follows' | undefined {
    const line = this.#lines.next();
    if (line === undefined) return undefined;
    if (line === 'too long') return lost(`a line exceeds ${MAX_LINE_BYTES} bytes`);
    const announced = announcedBytes(line.text);
    if (announced === undefined) return { kind: 'message', message: { text: line.text } };
    if (announced === 'invalid') return lost('an image without a valid number of bytes');
    this.#body = new BodyCollector(line.text, announced);
    return 'body follows';
  }

  #continueBody(body: BodyCollector): Framed<Reply> | undefined {
    body.add(this.#lines.takeBytes(body.missing));
    if (body.missing > 0) return undefined;
    this.#body = undefined;
    return { kind: 'message', message: body.reply() };
  }
}

/** Keeps the bytes not yet understood and cuts lines off their front. */
class LineCutter {
  #bytes: Uint8Array = new Uint8Array(0);
  #tooLong = false;

  add(chunk: Uint8Array): void {
    if (this.#tooLong) return;
    this.#bytes = this.#bytes.length === 0 ? chunk : concat([this.#bytes, chunk]);
  }

  next(): { text: string } | 'too long' | undefined {
    const end = this.#bytes.indexOf(NEWLINE);
    const length = end === -1 ? this.#bytes.length : end;
    if (length > MAX_LINE_BYTES) {
      this.#tooLong = true;
      this.#bytes = new Uint8Array(0);
      return 'too long';
    }
    if (end === -1) return undefined;
    const text = new TextDecoder().decode(this.#bytes.subarray(0, end));
    this.#bytes = this.#bytes.subarray(end + 1);
    return { text: text.endsWith('\r') ? text.slice(0, -1) : text };
  }

  takeBytes(count: number): Uint8Array {
    const taken = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.subarray(taken.length);
    return taken;
  }
}

class BodyCollector {
  readonly #line: string;
  readonly #parts: Uint8Array[] = [];
  missing: number;

  constructor(line: string, bytes: number) {
    this.#line = line;
    this.missing = bytes;
  }

  add(part: Uint8Array): void {
    if (part.length === 0) return;
    this.#parts.push(part);
    this.missing -= part.length;
  }

  reply(): Reply {
    return { text: this.#line, body: concat(this.#parts) };
  }
}

/** The body length that a reply line announces: `OK IMAGE {"bytes": n, …}`. */
function announcedBytes(line: string): number | 'invalid' | undefined {
  if (!line.startsWith('OK IMAGE ')) return undefined;
  try {
    const meta: unknown = JSON.parse(line.slice('OK IMAGE '.length));
    const bytes = meta && typeof meta === 'object' && 'bytes' in meta ? meta.bytes : undefined;
    const valid = Number.isInteger(bytes) && Number(bytes) >= 0 && Number(bytes) <= MAX_BODY_BYTES;
    return valid ? Number(bytes) : 'invalid';
  } catch {
    return 'invalid';
  }
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function lost(reason: string): { kind: 'garbage'; reason: string; lost: true } {
  return { kind: 'garbage', reason, lost: true };
}
