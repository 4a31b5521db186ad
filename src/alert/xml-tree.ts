import { ParseOption, XmlCData, XmlDocument, XmlElement, XmlText } from 'libxml2-wasm';
import { refuseMarkup, xmlLimits } from './xml-guard.ts';

/** An element as plain data. Names carry no prefix: the packets in use disagree about namespaces. */
export interface XmlTree {
  readonly name: string;
  /** Namespace of the element, '' for none. */
  readonly namespace: string;
  /** Attributes without a prefix. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Its own text (not its children's), trimmed. */
  readonly text: string;
  readonly children: readonly XmlTree[];
}

export type XmlParse =
  | { readonly ok: true; readonly root: XmlTree }
  | { readonly ok: false; readonly reason: string };

type Decoded = { readonly ok: true; readonly text: string } | { ok: false; reason: string };

/** No network, no external entity, and the text is already decoded whatever it declares. */
const parseOptions =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_IGNORE_ENC;

/** Encodings that packets may declare, and the decoder that reads each. */
const decoders: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
};

/** Reads XML from outside into plain data; hostile markup is refused before the parser sees it. */
export function parseXml(input: Uint8Array | string): XmlParse {
  const decoded = typeof input === 'string' ? { ok: true as const, text: input } : decode(input);
  if (!decoded.ok) return decoded;
  const refusal = refuseMarkup(decoded.text);
  if (refusal) return { ok: false, reason: refusal };
  try {
    return { ok: true, root: readDocument(decoded.text) };
  } catch (error) {
    return { ok: false, reason: `not well-formed XML: ${firstLine(error)}` };
  }
}

/** The first child element of that name. */
export function child(parent: XmlTree | undefined, name: string): XmlTree | undefined {
  return parent?.children.find((node) => node.name === name);
}

/** The child elements of that name. */
export function childrenOf(parent: XmlTree | undefined, name: string): XmlTree[] {
  return parent?.children.filter((node) => node.name === name) ?? [];
}

/** The element at the end of a path of names. */
export function descend(from: XmlTree | undefined, ...path: string[]): XmlTree | undefined {
  return path.reduce<XmlTree | undefined>(child, from);
}

/** Makes a text safe inside XML content and quoted attributes. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

function decode(bytes: Uint8Array): Decoded {
  if (bytes.length > xmlLimits.bytes) return refuse(`larger than ${xmlLimits.bytes} bytes`);
  if (bytes.includes(0)) return refuse('a NUL byte is not allowed (UTF-16 is not accepted)');
  const declared = declaredEncoding(bytes);
  const decoder = decoders[declared];
  if (!decoder) return refuse(`encoding "${declared}" is not accepted: send UTF-8`);
  try {
    return { ok: true, text: new TextDecoder(decoder, { fatal: true }).decode(bytes) };
  } catch {
    return refuse(`the bytes are not valid ${declared}`);
  }
}

function refuse(reason: string): Decoded {
  return { ok: false, reason };
}

function declaredEncoding(bytes: Uint8Array): string {
  const start = String.fromCharCode(...bytes.subarray(0, 200));
  const found = /^[^<]{0,3}<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.-]{1,30})["']/.exec(start);
  return (found?.[1] ?? 'utf-8').toLowerCase();
}

function readDocument(text: string): XmlTree {
  const document = XmlDocument.fromString(text, { option: parseOptions });
  try {
    return readElement(document.root);
  } finally {
    document.dispose();
  }
}

function readElement(element: XmlElement): XmlTree {
  const children: XmlTree[] = [];
  let text = '';
  for (let node = element.firstChild; node; node = node.next) {
    if (node instanceof XmlElement) children.push(readElement(node));
    else if (node instanceof XmlText || node instanceof XmlCData) text += node.content;
  }
  return {
    name: element.name,
    namespace: element.namespaceUri,
    attributes: readAttributes(element),
    text: text.trim(),
    children,
  };
}

function readAttributes(element: XmlElement): Map<string, string> {
  const plain = element.attrs.filter((attribute) => attribute.prefix === '');
  return new Map(plain.map((attribute) => [attribute.name, attribute.value]));
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.trim().split('\n')[0] ?? '').slice(0, 200);
}
