/** What a packet from outside may cost. Real VOEvents stay below 10 kB, 12 levels and 150 tags. */
export const xmlLimits = {
  bytes: 1_000_000,
  depth: 32,
  tags: 10_000,
  attributes: 20_000,
  references: 5_000,
} as const;

/**
 * Why this text must not reach a parser, or null. One pass, no recursion: a hostile packet costs no
 * more than reading it. Entities need a document type, so refusing that refuses every entity attack.
 */
export function refuseMarkup(text: string): string | null {
  if (text.length > xmlLimits.bytes) return `larger than ${xmlLimits.bytes} bytes`;
  if (text.includes('\0')) return 'a NUL character is not allowed';
  if (/<!\s*(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(text)) return 'DOCTYPE not allowed';
  if (occursMoreThan(text, '&', xmlLimits.references)) return 'too many character references';
  if (occursMoreThan(text, '=', xmlLimits.attributes)) return 'too many attributes';
  return refuseShape(text);
}

function occursMoreThan(text: string, mark: string, limit: number): boolean {
  let count = 0;
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) {
    count += 1;
    if (count > limit) return true;
  }
  return false;
}

function refuseShape(text: string): string | null {
  let depth = 0;
  let tags = 0;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    const end = endOfMarkup(text, at);
    if (end === -1) return 'a tag is not closed';
    const opening = text[at + 1];
    if (opening === '/') depth -= 1;
    else if (opening !== '!' && opening !== '?') {
      tags += 1;
      if (text[end - 2] !== '/') depth += 1;
    }
    if (depth > xmlLimits.depth) return `nested deeper than ${xmlLimits.depth} levels`;
    if (tags > xmlLimits.tags) return `more than ${xmlLimits.tags} elements`;
    at = end;
  }
  return null;
}

/** The index after the markup that begins at `at`; -1 when it never ends. */
function endOfMarkup(text: string, at: number): number {
  if (text.startsWith('<!--', at)) return after(text, '-->', at + 4);
  if (text.startsWith('<![CDATA[', at)) return after(text, ']]>', at + 9);
  if (text.startsWith('<?', at)) return after(text, '?>', at + 2);
  return endOfTag(text, at + 1);
}

function after(text: string, closing: string, from: number): number {
  const found = text.indexOf(closing, from);
  return found === -1 ? -1 : found + closing.length;
}

function endOfTag(text: string, from: number): number {
  let quote: string | null = null;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (quote) {
      if (character === quote) quote = null;
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at + 1;
  }
  return -1;
}
