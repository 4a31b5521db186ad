import { describe, expect, it } from 'vitest';
import { type XmlElement, XmlSplitter, xmlText } from './xml-splitter.ts';

function split(text: string, sizes = text.length): XmlElement[] {
  const splitter = new XmlSplitter();
  const bytes = Buffer.from(text);
  const found: XmlElement[] = [];
  for (let at = 0; at < bytes.length; at += sizes) {
    for (const item of splitter.push(bytes.subarray(at, at + sizes))) {
      if (item.kind === 'garbage') throw new Error(item.reason);
      found.push(item.message);
    }
  }
  return found;
}

const STREAM = `<?xml version='1.0'?>
<defNumberVector device='Telescope Simulator' name="POS" state='Ok' label="a > b, 'c'">
  <defNumber name='RA' min='0'>
20.5
  </defNumber>
  <defNumber name='DEC'>-10:15:30</defNumber>
</defNumberVector>
some print of a driver
<message device='T' message='5 &lt; 6 &amp; &#35;'/>
<getProperties version='1.7' />`;

describe('the splitter of INDI’s stream', () => {
  it.each([1, 2, 7, 64, 10_000])('finds the elements in pieces of %i bytes', (sizes) => {
    const found = split(STREAM, sizes);
    expect(found.map(({ name }) => name)).toEqual(['defNumberVector', 'message', 'getProperties']);
    expect(found[0]?.attributes).toMatchObject({ name: 'POS', label: "a > b, 'c'" });
    expect(found[0]?.children.map(({ text }) => text.trim())).toEqual(['20.5', '-10:15:30']);
    expect(found[1]?.attributes.message).toBe('5 < 6 & #');
  });

  it('reads what it has written', () => {
    const element = {
      name: 'message',
      attributes: { message: '<"a" & \'b\'>' },
      children: [],
      text: '1 < 2',
    };
    expect(split(xmlText(element))).toEqual([element]);
  });

  it('takes an image of megabytes in time that grows with its length alone', () => {
    const base64 = 'QUJD'.repeat(1_000_000);
    const text = `<setBLOBVector device='C' name='CCD1'><oneBLOB name='CCD1'>${base64}</oneBLOB></setBLOBVector>`;
    const started = performance.now();
    const [vector] = split(text, 1460);
    expect(vector?.children[0]?.text).toHaveLength(base64.length);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it.each([
    ['an end without its beginning', '<a></b>'],
    ['a tag without a name', '< >'],
    ['elements nested without end', '<a>'.repeat(20)],
    ['a tag without end', `<a b="${'x'.repeat(70_000)}`],
  ])('gives up on %s', (_what, text) => {
    const items = new XmlSplitter().push(Buffer.from(text));
    expect(items.at(-1)).toMatchObject({ kind: 'garbage', lost: true });
  });

  it('gives up on an element beyond its limit, and keeps nothing of what follows', () => {
    const splitter = new XmlSplitter(1000);
    splitter.push(Buffer.from('<a>'));
    const items = splitter.push(Buffer.from('x'.repeat(2000)));
    expect(items).toMatchObject([{ kind: 'garbage', reason: 'an element exceeds 1000 bytes' }]);
    expect(splitter.push(Buffer.from('<b/>'))).toEqual([]);
  });
});
