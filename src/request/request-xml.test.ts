import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { unitSchema } from '#unit';
import { parseRequestXml } from './request-xml.ts';

const file = (path: string): string =>
  readFileSync(new URL(`../../config/${path}`, import.meta.url), 'utf8');
const { channels } = unitSchema.parse(parse(file('simulated.yaml')));
const submittedAtMs = Date.UTC(2014, 3, 23, 18);
const context = { submittedAtMs, channels };

/** A valid request file, with one piece replaced. */
function written(piece = '', replacement = ''): string {
  const valid = `<request submitted="1" relative="0" name="R" scientific_program="Clusters" target_type="cluster">
  <sequence duration="200" jd1="2456771.3" jd2="2456771.7" name="S" target_coords="08 40 24 +19 40 00">
    <album detector="VIS" name="A">
      <plan duration="60" filter="r" name="P" nb_images="3"/>
    </album>
  </sequence>
</request>`;
  if (!valid.includes(piece)) throw new Error(`no "${piece}" in the sample`);
  return valid.replace(piece, replacement);
}

function errorsOf(xml: string): readonly string[] {
  const reading = parseRequestXml(xml, context);
  return reading.ok ? [] : reading.errors;
}

function readingOf(xml: string) {
  const reading = parseRequestXml(xml, context);
  if (!reading.ok) throw new Error(reading.errors.join('\n'));
  return reading;
}

function firstSequence(xml: string) {
  const [sequence] = readingOf(xml).request.sequences;
  if (sequence === undefined) throw new Error('no sequence');
  return sequence;
}

describe("the guide's sample", () => {
  const sample = file('requests/routine_request_01.xml');

  it('is read whole', () => {
    expect(readingOf(sample).request).toEqual({
      name: 'RequestSimulator',
      program: 'GRB',
      targetType: 'test',
      isAlert: false,
      submitted: true,
      sequences: [
        {
          name: 'Sequence1 (200secs)',
          target: { name: 'Sequence1 (200secs)', zenithDistanceDeg: 10 },
          windowStartMs: submittedAtMs + 15_000,
          windowEndMs: submittedAtMs + 60_000_000,
          priority: 50,
          startMode: 'IMMEDIATE',
          tPreferedMs: null,
          durationSeconds: 80,
          albums: [
            {
              name: 'alb',
              channel: 'VIS',
              plans: [{ name: 'simulation', filter: 'z', exposureSeconds: 10, images: 5 }],
            },
          ],
        },
      ],
    });
  });

  it('is warned about: its images take longer than it declares', () => {
    expect(readingOf(sample).warnings).toEqual([
      'Sequence "Sequence1 (200secs)" declares 10 s, but its images take 80 s: 80 s are planned.',
    ]);
  });
});

describe('a request file', () => {
  it('gives Julian days as instants', () => {
    const sequence = firstSequence(written());
    expect(new Date(sequence.windowStartMs).toISOString()).toBe('2014-04-23T19:12:00.000Z');
    expect(new Date(sequence.windowEndMs).toISOString()).toBe('2014-04-24T04:48:00.000Z');
  });

  it('gives coordinates in degrees', () => {
    const { target } = firstSequence(written());
    expect(target).toEqual({
      name: 'S',
      raDeg: expect.closeTo(130.1, 6),
      decDeg: expect.closeTo(19.6667, 4),
    });
  });

  it('may name the target, the priority and the start', () => {
    const xml = written(' name="S"', ' name="S" target="M44" priority="12" start="bestelev"');
    expect(firstSequence(xml)).toMatchObject({
      target: { name: 'M44' },
      priority: 12,
      startMode: 'BESTELEV',
    });
  });

  it('keeps a declared duration longer than the images, with a warning', () => {
    const reading = readingOf(written('duration="200"', 'duration="500"'));
    expect(reading.request.sequences[0]?.durationSeconds).toBe(500);
    expect(reading.warnings).toHaveLength(1);
  });

  it('has no warning when both durations agree', () => {
    expect(readingOf(written('duration="200"', 'duration="198"')).warnings).toEqual([]);
  });

  it('may be a draft', () => {
    expect(readingOf(written('submitted="1"', 'submitted="0"')).request.submitted).toBe(false);
  });

  it('finds detectors and filters by any of their names, whatever the case', () => {
    const xml = written('detector="VIS"', 'detector="ddrago"').replace(
      '"r"',
      '"FIRST infrared filter"',
    );
    expect(firstSequence(xml).albums[0]).toMatchObject({
      channel: 'VIS',
      plans: [{ filter: 'z' }],
    });
  });

  it('may be declared in another encoding, for it comes as text', () => {
    const xml = `<?xml version="1.0" encoding="ISO-8859-1"?>${written('name="R"', 'name="été"')}`;
    expect(readingOf(xml).request.name).toBe('été');
  });
});

describe('a faulty request file', () => {
  it('gets all its faults at once, each with path and line', () => {
    const xml = written('duration="200"', 'duration="long"')
      .replace('nb_images="3"', 'nb_images="2.5"')
      .replace('name="R"', 'name=""');
    expect(errorsOf(xml)).toEqual([
      'request/@name (line 1): expected the name of the request (1 to 200 characters), got ""',
      'request/sequence[1]/@duration (line 2): expected a number (seconds) from 0.001 to 86400, got "long"',
      'request/sequence[1]/album[1]/plan[1]/@nb_images (line 4): expected a whole number (images) from 1 to 10000, got "2.5"',
    ]);
  });

  it.each([
    ['an unknown attribute', written('name="P"', 'name="P" gain="3"'), 'unknown attribute "gain"'],
    ['an unknown element', written('</album>', '</album><dither/>'), 'unknown element <dither>'],
    [
      'an element in a plan',
      written('nb_images="3"/>', 'nb_images="3"><x/></plan>'),
      'unknown element <x>',
    ],
    ['stray text', written('</album>', '</album>hello'), 'unexpected text "hello"'],
    [
      'a missing attribute',
      written(' filter="r"', ''),
      '@filter (line 4): expected the name of a filter (1 to 200 characters), it is missing',
    ],
    [
      'an unknown detector',
      written('"VIS"', '"RADIO"'),
      'a detector of this unit: VIS (Visible camera, DDRAGO, VirtualCamera1), NIR',
    ],
    [
      'a filter of another channel',
      written('"r"', '"J"'),
      'a filter of channel VIS: g, r, i, z (First infrared filter)',
    ],
    [
      'coordinates out of range',
      written('+19 40 00', '+99 40 00'),
      'declination must be -90 to +90',
    ],
    ['one number that is not relative', written('08 40 24 +19 40 00', '10'), 'cannot read "10"'],
    [
      'a window that ends first',
      written('jd2="2456771.7"', 'jd2="2456771.2"'),
      'an end after the start of the window',
    ],
    ['a window too short', written('jd2="2456771.7"', 'jd2="2456771.301"'), 'too short for 200 s'],
    [
      'a priority of alerts',
      written(' name="S"', ' name="S" priority="5"'),
      'below 10 only for alerts',
    ],
    [
      'a word that is not one of those',
      written(' name="S"', ' name="S" start="NOW"'),
      'one of IMMEDIATE, BESTELEV',
    ],
    ['another root', '<schedule/>', 'expected <request> at the top, got <schedule>'],
    [
      'no sequence',
      '<request submitted="1" relative="1" name="R" scientific_program="P" target_type="t"/>',
      'expected 1 to 200 <sequence>, got 0',
    ],
    [
      'a foreign name space',
      written('<album', '<x:album xmlns:x="u"/><album'),
      'unknown element <x:album>',
    ],
  ])('is told of %s', (_, xml, expected) => {
    expect(errorsOf(xml)).toContainEqual(expect.stringContaining(expected));
  });

  it('is told the line of what is not XML', () => {
    expect(errorsOf('<request>\n<sequence>\n</request>')[0]).toMatch(/^Line 3: this is not XML/);
  });

  it('is refused when empty', () => {
    expect(errorsOf('')).toHaveLength(1);
  });
});

describe('a hostile request file', () => {
  it.each([
    ['a document type', '<!DOCTYPE request SYSTEM "http://127.0.0.1/x.dtd"><request/>'],
    ['an external entity', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'],
    ['an entity alone', '<r><!ENTITY x "y"></r>'],
  ])('with %s is refused unread', (_, xml) => {
    expect(errorsOf(xml)).toEqual([expect.stringContaining('are not accepted')]);
  });

  it('is refused when too large', () => {
    expect(errorsOf(`<request>${' '.repeat(256 * 1024)}</request>`)).toEqual([
      expect.stringContaining('at most 262144 are accepted'),
    ]);
  });

  it('is refused when nested without end', () => {
    expect(errorsOf(`${'<r>'.repeat(5000)}${'</r>'.repeat(5000)}`)).not.toEqual([]);
  });

  it('leaves prototypes alone', () => {
    const faults = errorsOf(written('name="P"', 'name="P" __proto__="x" constructor="y"'));
    expect(faults).toHaveLength(2);
  });
});

describe('the dither of an album', () => {
  it('is read in arcseconds', () => {
    const album = firstSequence(written('name="A"', 'name="A" dither="12.5"')).albums[0];
    expect(album).toMatchObject({ channel: 'VIS', ditherArcsec: 12.5 });
  });

  it('is none when it is left out or 0', () => {
    expect(firstSequence(written()).albums[0]).not.toHaveProperty('ditherArcsec');
    const still = firstSequence(written('name="A"', 'name="A" dither="0"')).albums[0];
    expect(still).not.toHaveProperty('ditherArcsec');
  });

  it.each(['-1', '601', 'far'])('of %s is a fault', (dither) => {
    const [error] = errorsOf(written('name="A"', `name="A" dither="${dither}"`));
    expect(error).toMatch(/@dither .*arcseconds/);
  });
});
