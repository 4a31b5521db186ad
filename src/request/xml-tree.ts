import { ParseOption, XmlDocument, XmlElement, XmlParseError, XmlText } from 'libxml2-wasm';

/** An element as plain data. */
export interface XmlTree {
  readonly tag: string;
  /** Where it is, e.g. `request/sequence[2]/album[1]`. */
  readonly path: string;
  /** Line in the file, from 1. */
  readonly line: number;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlTree[];
  /** Its own text, trimmed. */
  readonly text: string;
}

export type XmlReading =
  | { readonly ok: true; readonly root: XmlTree }
  | { readonly ok: false; readonly errors: readonly string[] };

/** The largest request file accepted, bytes. */
export const maxXmlBytes = 256 * 1024;

const options =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  // The text is already decoded, whatever its declaration says.
  ParseOption.XML_PARSE_IGNORE_ENC;

/**
 * Reads XML from outside into plain data. Document types and entities are refused unread: they are
 * of no use here and the usual way to attack a parser.
 */
export function readXml(text: string): XmlReading {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > maxXmlBytes) {
    return refused(`The file has ${bytes} bytes; at most ${maxXmlBytes} are accepted.`);
  }
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) {
    return refused(
      'Document types and entities (<!DOCTYPE, <!ENTITY) are not accepted: remove them.',
    );
  }
  try {
    return { ok: true, root: parse(text) };
  } catch (error) {
    if (!(error instanceof XmlParseError)) throw error;
    // An empty file is the one failure that comes without details.
    if (error.details.length === 0) return refused('The file is empty.');
    return { ok: false, errors: error.details.map(sentence) };
  }
}

function parse(text: string): XmlTree {
  const document = XmlDocument.fromString(text, { option: options });
  try {
    return plain(document.root, document.root.name);
  } finally {
    document.dispose();
  }
}

function plain(element: XmlElement, path: string): XmlTree {
  const counts = new Map<string, number>();
  const children: XmlTree[] = [];
  let text = '';
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof XmlText) text += node.content;
    if (!(node instanceof XmlElement)) continue;
    const tag = qualified(node);
    const count = (counts.get(tag) ?? 0) + 1;
    counts.set(tag, count);
    children.push(plain(node, `${path}/${tag}[${count}]`));
  }
  const attributes = new Map(element.attrs.map((each) => [qualified(each), each.value]));
  const { line } = element;
  return { tag: qualified(element), path, line, attributes, children, text: text.trim() };
}

function qualified(node: { readonly prefix: string; readonly name: string }): string {
  return node.prefix ? `${node.prefix}:${node.name}` : node.name;
}

function sentence(detail: { readonly line: number; readonly message: string }): string {
  return `Line ${detail.line}: this is not XML: ${detail.message.trim()}.`;
}

function refused(reason: string): XmlReading {
  return { ok: false, errors: [reason] };
}
