import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { msFromJulianDate } from '#sky';
import { unitSchema } from '#unit';
import { parseRequestXml } from './request-xml.ts';

const unitFile = new URL('../../config/simulated.yaml', import.meta.url);
const { channels } = unitSchema.parse(parse(readFileSync(unitFile, 'utf8')));
const submittedAtMs = Date.UTC(2014, 3, 23, 18);
const PLACE = 'target_coords="08 40 24 +19 40 00"';
const EPHEMERIS = `<ephemeris>
      <point jd="2456771.3" coords="10 00 00 +20 00 00"/>
      <point jd="2456771.5" coords="10 00 10 +20 01 00"/>
      <point jd="2456771.7" coords="10 00 20 +20 02 00"/>
    </ephemeris>`;

/** A request of one sequence of 200 s with these attributes, and these children before its album. */
function reading(attributes: string, children = '', relative = false) {
  const window = relative ? 'jd1="60" jd2="7260"' : 'jd1="2456771.3" jd2="2456771.7"';
  const xml = `<request submitted="1" relative="${relative ? 1 : 0}" name="R" scientific_program="P" target_type="t">
  <sequence duration="200" name="S" ${window} ${attributes}>${children}
    <album detector="VIS" name="A"><plan duration="60" filter="r" name="P" nb_images="3"/></album>
  </sequence>
</request>`;
  return parseRequestXml(xml, { submittedAtMs, channels });
}

function sequenceOf(...given: Parameters<typeof reading>) {
  const read = reading(...given);
  if (!read.ok) throw new Error(read.errors.join('\n'));
  return read.request.sequences[0];
}

function errorsOf(...given: Parameters<typeof reading>): readonly string[] {
  const read = reading(...given);
  return read.ok ? [] : read.errors;
}

describe('the target of a sequence', () => {
  it('may have a proper motion and the epoch of its place', () => {
    const motion = 'pm_ra="-798.58" pm_dec="10328.12" epoch="2016"';
    expect(
      sequenceOf(`target="Barnard" target_coords="269.4486 4.7394" ${motion}`)?.target,
    ).toEqual({
      name: 'Barnard',
      raDeg: 269.4486,
      decDeg: 4.7394,
      pmRaMasPerYear: -798.58,
      pmDecMasPerYear: 10328.12,
      epoch: 2016,
    });
  });

  it('may be a planet, whatever the case of its name', () => {
    const target = { name: 'Jupiter', path: { kind: 'BODY', body: 'Jupiter' } };
    expect(sequenceOf('body="jupiter"')?.target).toEqual(target);
  });

  it('may be an ephemeris', () => {
    expect(sequenceOf('target="2014 KS1"', EPHEMERIS)?.target).toMatchObject({
      name: '2014 KS1',
      path: {
        kind: 'EPHEMERIS',
        points: [
          { ms: msFromJulianDate(2456771.3), raDeg: 150, decDeg: 20 },
          { ms: msFromJulianDate(2456771.5) },
          { ms: msFromJulianDate(2456771.7), decDeg: 20 + 2 / 60 },
        ],
      },
    });
  });

  it('has the times of its ephemeris in seconds from submission when the request is relative', () => {
    const points = '<point jd="0" coords="10 20"/><point jd="7300" coords="10 21"/>';
    expect(sequenceOf('', `<ephemeris>${points}</ephemeris>`, true)?.target).toMatchObject({
      path: { points: [{ ms: submittedAtMs }, { ms: submittedAtMs + 7_300_000 }] },
    });
  });

  it.each([
    [
      'nothing at all',
      '',
      '',
      '@target_coords (line 2): expected coordinates, or a body or an <ephemeris> instead',
    ],
    [
      'two forms',
      `${PLACE} body="Mars"`,
      '',
      'expected one of target_coords, body and <ephemeris>',
    ],
    ['an unknown body', 'body="Pluto"', '', '@body (line 2): expected one of Moon, Mercury,'],
    ['a body under another name', 'body="Mars" target="M1"', '', '@target (line 2): expected none'],
    [
      'a motion that no star has',
      'target_coords="10 20" pm_dec="50000"',
      '',
      '@pm_dec (line 2): expected a number',
    ],
    ['a motion of a body', 'body="Mars" pm_ra="3"', '', '@pm_ra (line 2): expected none'],
    ['a declination out of range', 'target_coords="10 95"', '', 'declination must be -90 to +90'],
    ['a place that is not a number', 'target_coords="NaN NaN"', '', 'cannot read "NaN NaN"'],
    [
      'a motion that is not a number',
      `${PLACE} pm_dec="fast"`,
      '',
      '@pm_dec (line 2): expected a number',
    ],
    [
      'an epoch of long ago',
      `${PLACE} epoch="1066"`,
      '',
      'expected a number (Julian year) from 1900 to 2100',
    ],
    ['two ephemerides', '', EPHEMERIS + EPHEMERIS, 'expected one <ephemeris>, got 2'],
    ['an empty ephemeris', '', '<ephemeris/>', 'expected 1 to 1000 <point>, got 0'],
    [
      'an ephemeris with an attribute',
      '',
      EPHEMERIS.replace('<ephemeris', '$& frame="B1950"'),
      'unknown attribute "frame", expected none',
    ],
    [
      'points that go back',
      '',
      EPHEMERIS.replace('2456771.5', '2456771.2'),
      'point 2 is not later than the one before it',
    ],
    [
      'a first point too late',
      '',
      EPHEMERIS.replace('2456771.3', '2456771.4'),
      'the first point is 8640 s after jd1: add an earlier one',
    ],
    [
      'a last point too early',
      '',
      EPHEMERIS.replace('2456771.7', '2456771.6'),
      'the last point is 8640 s before jd2: add a later one',
    ],
    [
      'a point without a place',
      '',
      EPHEMERIS.replace('coords="10 00 10 +20 01 00"', ''),
      'point[2]/@coords (line 4): expected coordinates',
    ],
  ])('cannot be %s', (_, attributes, children, expected) => {
    expect(errorsOf(attributes, children)).toEqual([expect.stringContaining(expected)]);
  });

  it('has no motion when it is a distance from the zenith', () => {
    expect(errorsOf('target_coords="10" pm_ra="3"', '', true)).toEqual([
      expect.stringContaining('only a place in target_coords has it'),
    ]);
  });
});

describe('what a sequence asks of the sky', () => {
  it('is nothing when it says nothing', () => {
    const sequence = sequenceOf(PLACE);
    expect(sequence).not.toHaveProperty('limits');
    expect(sequence).not.toHaveProperty('minUsefulSeconds');
    expect(sequence?.tPreferedMs).toBeNull();
  });

  it('may be a height, distances, a darkness and a seeing', () => {
    const limits =
      'min_alt="35" moon_distance="40" sun_distance="60" sky_brightness="20.5" max_seeing="1.8"';
    expect(sequenceOf(`${PLACE} ${limits}`)?.limits).toEqual({
      minAltDeg: 35,
      moonDistanceDeg: 40,
      sunDistanceDeg: 60,
      skyBrightness: 20.5,
      maxSeeingArcsec: 1.8,
    });
  });

  it('may be a part worth doing and a time', () => {
    expect(sequenceOf(`${PLACE} min_useful="120" t_prefered="2456771.5"`)).toMatchObject({
      minUsefulSeconds: 120,
      tPreferedMs: msFromJulianDate(2456771.5),
    });
  });

  it('has its time in seconds from submission when the request is relative', () => {
    const wish = sequenceOf(`${PLACE} t_prefered="3600"`, '', true)?.tPreferedMs;
    expect(wish).toBe(submittedAtMs + 3_600_000);
  });

  it.each([
    ['min_alt', '91', 'expected a number (degrees above the horizon) from 0 to 90, got "91"'],
    ['moon_distance', '-1', 'expected a number (degrees) from 0 to 180, got "-1"'],
    ['sun_distance', '200', 'expected a number (degrees) from 0 to 180, got "200"'],
    ['sky_brightness', 'dark', 'expected a number (mag per square arcsecond) from 10 to 23'],
    ['max_seeing', '0', 'expected a number (arcseconds) from 0.1 to 20, got "0"'],
    ['min_useful', '201', 'expected at most the 200 s of the observation'],
    ['min_useful', '0', 'expected a number (seconds) from 0.001'],
    ['t_prefered', '2456771.8', 'expected a moment inside the window (2456771.3 to 2456771.7)'],
    ['t_prefered', 'NaN', 'expected a number (Julian day)'],
  ])('cannot be %s="%s"', (name, value, expected) => {
    const [error, ...more] = errorsOf(`${PLACE} ${name}="${value}"`);
    expect(error).toContain(`request/sequence[1]/@${name} (line 2): `);
    expect(error).toContain(expected);
    expect(more).toEqual([]);
  });
});

describe('a sequence with many faults', () => {
  it('is told all of them at once, each with its line', () => {
    const xml = `<request submitted="1" relative="0" name="R" scientific_program="P" target_type="t">
  <sequence duration="-5" name="S" jd1="2456771.7" jd2="2456771.3" target_coords="400 95" min_alt="120" min_useful="-1" t_prefered="1">
    <album detector="XRAY" name="A">
      <plan duration="0" filter="r" name="P" nb_images="0"/>
    </album>
    <album detector="VIS" name="B">
      <plan duration="-60" filter="ultraviolet" name="P" nb_images="2"/>
    </album>
  </sequence>
</request>`;
    const read = parseRequestXml(xml, { submittedAtMs, channels });
    const places = read.ok ? [] : read.errors.map((error) => error.split(': ')[0]);
    expect(places).toEqual([
      'request/sequence[1]/@duration (line 2)',
      'request/sequence[1]/@jd2 (line 2)',
      'request/sequence[1]/@target_coords (line 2)',
      'request/sequence[1]/@t_prefered (line 2)',
      'request/sequence[1]/@min_alt (line 2)',
      'request/sequence[1]/album[1]/@detector (line 3)',
      'request/sequence[1]/album[1]/plan[1]/@duration (line 4)',
      'request/sequence[1]/album[1]/plan[1]/@nb_images (line 4)',
      'request/sequence[1]/album[2]/plan[1]/@filter (line 7)',
      'request/sequence[1]/album[2]/plan[1]/@duration (line 7)',
      'request/sequence[1]/@min_useful (line 2)',
    ]);
  });
});
