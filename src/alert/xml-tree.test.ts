import { describe, expect, it } from 'vitest';
import { child, childrenOf, escapeXml, parseXml } from './xml-tree.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function reasonFor(input: Uint8Array | string): string {
  const parsed = parseXml(input);
  return parsed.ok ? 'accepted' : parsed.reason;
}

describe('reading XML from outside', () => {
  it('gives elements, attributes and own text without prefixes', () => {
    const parsed = parseXml('<v:a xmlns:v="urn:x" k="1"> one <b>two</b><![CDATA[&<]]></v:a>');
    if (!parsed.ok) throw new Error(parsed.reason);
    expect(parsed.root).toMatchObject({ name: 'a', namespace: 'urn:x', text: 'one &<' });
    expect(parsed.root.attributes.get('k')).toBe('1');
    expect(child(parsed.root, 'b')?.text).toBe('two');
    expect(childrenOf(parsed.root, 'c')).toEqual([]);
  });

  it('decodes the encoding that the document declares', () => {
    const text = '<?xml version="1.0" encoding="ISO-8859-1"?><a>caf\u00e9</a>';
    const parsed = parseXml(Uint8Array.from(text, (character) => character.charCodeAt(0)));
    expect(parsed).toMatchObject({ ok: true, root: { text: 'café' } });
  });

  it('accepts a byte order mark', () => {
    expect(parseXml(bytes('\ufeff<?xml version="1.0"?><a/>'))).toMatchObject({ ok: true });
  });

  it('keeps what it escapes', () => {
    const text = `<>&"'`;
    const parsed = parseXml(`<a k="${escapeXml(text)}">${escapeXml(text)}</a>`);
    if (!parsed.ok) throw new Error(parsed.reason);
    expect([parsed.root.attributes.get('k'), parsed.root.text]).toEqual([text, text]);
  });

  it('says where a document is not well-formed', () => {
    expect(reasonFor('<a><b></a>')).toMatch(/not well-formed XML: .*b/);
    expect(reasonFor('')).toMatch(/not well-formed/);
  });
});

describe('refusing hostile XML', () => {
  const laughs = Array.from(
    { length: 10 },
    (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`,
  ).join('');
  const cases: readonly [string, Uint8Array | string, RegExp][] = [
    [
      'an external entity',
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
      /DOCTYPE/,
    ],
    ['a public entity', '<!DOCTYPE a PUBLIC "x" "http://127.0.0.1:1/x.dtd"><a/>', /DOCTYPE/],
    ['a parameter entity', '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///x"> %p;]><a/>', /DOCTYPE/],
    ['a billion laughs', `<!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]><a>&l10;</a>`, /DOCTYPE/],
    ['an entity without declaration', '<a>&x;</a>', /not well-formed/],
    ['a million character references', `<a>${'&#65;'.repeat(190_000)}</a>`, /references/],
    ['a depth of 100 000', '<a>'.repeat(100_000), /deeper than 32/],
    ['a depth of 33', `${'<a>'.repeat(33)}${'</a>'.repeat(33)}`, /deeper than 32/],
    ['quotes that hide depth', `<a k="/>">`.repeat(33), /deeper than 32/],
    ['100 000 attributes', `<a ${'b="" '.repeat(100_000)}/>`, /attributes/],
    ['100 000 elements', `<a>${'<b/>'.repeat(100_000)}</a>`, /elements/],
    ['100 MB', new Uint8Array(100_000_000), /larger than/],
    ['a megabyte of text', 'a'.repeat(1_000_001), /larger than/],
    ['a NUL', '<a>\0</a>', /NUL/],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, 0x3c, 0, 0x61, 0]), /NUL/],
    ['UTF-7', bytes('<?xml version="1.0" encoding="UTF-7"?><a/>'), /encoding "utf-7"/],
    ['overlong UTF-8', Uint8Array.from([0x3c, 0x61, 0x3e, 0xc0, 0xaf]), /not valid utf-8/],
    ['a tag without end', `<a ${'x'.repeat(1000)}`, /not closed/],
    ['a comment without end', '<a><!-- ', /not closed/],
  ];

  it.each(cases)('refuses %s, fast', (_name, input, reason) => {
    const before = performance.now();
    expect(reasonFor(input)).toMatch(reason);
    expect(performance.now() - before).toBeLessThan(250);
  });

  it('does not take a comment or a CDATA section for depth', () => {
    const noise = `<!-- ${'<a>'.repeat(50)} --><![CDATA[${'<a>'.repeat(50)}]]>`;
    expect(parseXml(`<a>${noise}</a>`)).toMatchObject({ ok: true });
  });
});
