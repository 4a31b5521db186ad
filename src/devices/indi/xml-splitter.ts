import type { Framed, Framing } from '../link/framing.ts';

/** One element of the stream, with all that is in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** What stands between its tags, children left out, entities read. */
  readonly text: string;
}

/** Larger than the image of any detector that a unit file may describe, in base64. */
const MOST_BYTES = 768 * 1024 * 1024;
const LONGEST_TAG = 65_536;
/** INDI needs two; more is another language. */
const DEEPEST = 8;

const [LESS, GREATER, QUOTE, APOSTROPHE] = [0x3c, 0x3e, 0x22, 0x27];

interface OpenElement {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  readonly text: Uint8Array[];
}

/**
 * Cuts INDI's stream into its elements: XML without a root, in whatever pieces it comes. Each byte is
 * looked at once, so that an image of megabytes in base64 costs no more than its length. What stands
 * between top-level elements (declarations, a driver's prints) is skipped.
 */
export class XmlSplitter implements Framing<XmlElement> {
  readonly #mostBytes: number;
  readonly #open: OpenElement[] = [];
  #tag: Uint8Array[] | null = null;
  #tagBytes = 0;
  #quote = 0;
  #elementBytes = 0;
  #lost = false;

  constructor(mostBytes: number = MOST_BYTES) {
    this.#mostBytes = mostBytes;
  }

  push(chunk: Uint8Array): Framed<XmlElement>[] {
    const found: Framed<XmlElement>[] = [];
    for (let at = 0; at < chunk.length && !this.#lost; ) {
      const end = this.#tag ? this.#tagEnd(chunk, at) : chunk.indexOf(LESS, at);
      const upTo = end === -1 ? chunk.length : end;
      const problem = this.#keep(chunk.subarray(at, upTo));
      if (problem !== undefined) return [...found, this.#lose(problem)];
      at = end === -1 ? chunk.length : end + 1;
      if (end === -1) continue;
      const item = this.#tag ? this.#endTag(this.#tag) : this.#beginTag();
      if (item) found.push(item);
    }
    return found;
  }

  /** Where the `>` of the tag is, outside of quotes; -1 when it has not come yet. */
  #tagEnd(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at];
      if (this.#quote !== 0) {
        if (byte === this.#quote) this.#quote = 0;
      } else if (byte === GREATER) return at;
      else if (byte === QUOTE || byte === APOSTROPHE) this.#quote = byte;
    }
    return -1;
  }

  /** Keeps what belongs to the tag, or to the text of the innermost element; says what is wrong. */
  #keep(part: Uint8Array): string | undefined {
    if (this.#tag) {
      this.#tag.push(part);
      this.#tagBytes += part.length;
      if (this.#tagBytes > LONGEST_TAG) return `a tag exceeds ${LONGEST_TAG} bytes`;
    } else this.#open.at(-1)?.text.push(part);
    if (this.#open.length > 0) this.#elementBytes += part.length;
    return this.#elementBytes > this.#mostBytes
      ? `an element exceeds ${this.#mostBytes} bytes`
      : undefined;
  }

  #beginTag(): undefined {
    this.#tag = [];
    this.#tagBytes = 0;
    this.#quote = 0;
  }

  #endTag(parts: readonly Uint8Array[]): Framed<XmlElement> | undefined {
    const tag = Buffer.concat(parts).toString('utf8');
    this.#tag = null;
    if (tag.startsWith('?')) return undefined;
    if (tag.startsWith('/')) return this.#close(tag.slice(1).trim());
    const [, name = '', attributes = '', empty] =
      /^([A-Za-z_][\w.:-]*)((?:\s[\s\S]*?)?)(\/?)$/.exec(tag) ?? [];
    if (name === '') return this.#lose('a tag without a name');
    if (this.#open.length >= DEEPEST) return this.#lose('elements within elements without end');
    this.#open.push({ name, attributes: attributesOf(attributes), children: [], text: [] });
    return empty ? this.#close(name) : undefined;
  }

  #close(name: string): Framed<XmlElement> | undefined {
    const open = this.#open.pop();
    if (open?.name !== name) return this.#lose(`the end of ${name} without its beginning`);
    const { attributes, children, text } = open;
    const element = {
      name,
      attributes,
      children,
      text: readEntities(Buffer.concat(text).toString('utf8')),
    };
    const parent = this.#open.at(-1);
    if (parent) {
      parent.children.push(element);
      return undefined;
    }
    this.#elementBytes = 0;
    return { kind: 'message', message: element };
  }

  #lose(reason: string): Framed<XmlElement> {
    this.#lost = true;
    this.#open.length = 0;
    return { kind: 'garbage', reason, lost: true };
  }
}

function attributesOf(text: string): Record<string, string> {
  const found = text.matchAll(/([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return Object.fromEntries(
    [...found].map(([, name = '', double, single]) => [name, readEntities(double ?? single ?? '')]),
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function readEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,4}));/gi, (whole, ...found) => {
    const [decimal, hex, named] = found as (string | undefined)[];
    if (named !== undefined) return ENTITIES[named] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** An element as text: what {@link XmlSplitter} reads back. */
export function xmlText({ name, attributes, children, text }: XmlElement): string {
  const shown = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const inside = children.map(xmlText).join('') + escapeXml(text);
  return inside === ''
    ? `<${name}${shown.join('')}/>`
    : `<${name}${shown.join('')}>${inside}</${name}>`;
}

/** Base64 holds none of these: a search is cheaper than a rewriting. */
function escapeXml(text: string): string {
  if (!/[&<>"]/.test(text)) return text;
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
