import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SwiftSpec, swiftPacket } from './swift-packet.ts';
import { hasFlag, paramValue, type VOEvent } from './voevent.ts';
import { isIvorn, parseVOEvent } from './voevent-xml.ts';

const spec: SwiftSpec = {
  packet: 'xrt',
  trigger: '596958',
  eventAt: '2014-04-23T21:07:08.07',
  raDeg: 202.9436,
  decDeg: 29.2763,
  errorDeg: 0.0013,
};
const packet = swiftPacket(spec, Date.UTC(2014, 3, 23, 21, 9, 42));

function read(text: string): VOEvent {
  const parsed = parseVOEvent(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.event;
}

function reasonFor(text: string): string {
  const parsed = parseVOEvent(text);
  return parsed.ok ? 'accepted' : parsed.reason;
}

describe('reading a VOEvent', () => {
  it('reads who, when, where, what and why', () => {
    expect(read(packet)).toMatchObject({
      ivorn: 'ivo://pyros.simulator/SWIFT#XRT_Pos_596958-1',
      role: 'observation',
      version: '2.0',
      authorIvorn: 'ivo://pyros.simulator/author',
      dateMs: Date.UTC(2014, 3, 23, 21, 9, 42),
      position: { raDeg: 202.9436, decDeg: 29.2763, errorDeg: 0.0013 },
      positionProblem: null,
      eventMs: Date.UTC(2014, 3, 23, 21, 7, 8, 70),
      citations: [{ ivorn: 'ivo://pyros.simulator/SWIFT#BAT_GRB_Pos_596958-1', cite: 'followup' }],
      importance: 0.99,
      inferredName: 'GRB 140423',
    });
  });

  it('reads parameters with their group and unit', () => {
    const param = '<Param name="Sun_RA" unit="deg"><Value> 31.4 </Value></Param>';
    const event = read(packet.replace('</What>', `<Group name="Sun">stray${param}</Group></What>`));
    const found = event.params.find((candidate) => candidate.name === 'Sun_RA');
    expect(found).toEqual({ group: 'Sun', name: 'Sun_RA', value: '31.4', unit: 'deg' });
    expect(paramValue(event, 'TrigID')).toBe('596958');
    expect(hasFlag(event, 'GRB_Identified')).toBe(true);
    expect(hasFlag(event, 'Def_NOT_a_GRB')).toBe(false);
  });

  it.each(['2014-04-23T21:07:08Z', '2014-04-23T23:07:08+02:00', '2014-04-23T21:07:08'])(
    'takes %s for the same instant',
    (time) => {
      const event = read(packet.replace(/<ISOTime>[^<]*/, `<ISOTime>${time}`));
      expect(event.eventMs).toBe(Date.UTC(2014, 3, 23, 21, 7, 8));
    },
  );

  it.each(['', '23/04/2014', '2014-04-23', '2014-13-45T99:00:00', 'NaN'])(
    'knows no event time from "%s"',
    (time) => {
      const event = read(packet.replace(/<ISOTime>[^<]*/, `<ISOTime>${time}`));
      expect(event.eventMs).toBeNull();
    },
  );

  it('accepts a packet without namespace, author or importance', () => {
    const bare = packet
      .replaceAll('voe:', '')
      .replace(/ xmlns:voe="[^"]*"/, '')
      .replace(/<AuthorIVORN>.*<\/AuthorIVORN>/, '')
      .replace(/ importance="[^"]*"/, '');
    expect(read(bare)).toMatchObject({ authorIvorn: null, importance: null });
  });

  it('takes a citation of no declared kind for a follow-up', () => {
    expect(read(packet.replace(' cite="followup"', '')).citations[0]?.cite).toBe('followup');
  });
});

describe('reading the place of an event', () => {
  const place = (ra: string, dec: string, radius: string) =>
    read(
      packet
        .replace(/<C1>[^<]*/, `<C1>${ra}`)
        .replace(/<C2>[^<]*/, `<C2>${dec}`)
        .replace(/<Error2Radius>[^<]*/, `<Error2Radius>${radius}`),
    );

  it.each(['0', '-1', '360', 'NaN', '', 'Infinity', '180'])(
    'takes the error radius "%s" for none',
    (radius) => {
      expect(place('10', '20', radius).position).toEqual({ raDeg: 10, decDeg: 20, errorDeg: null });
    },
  );

  it('takes RA 360 for RA 0', () => {
    expect(place('360', '0', '1').position?.raDeg).toBe(0);
  });

  it.each([
    ['-1.0', '-1.0', /RA -1/],
    ['360.1', '0', /RA 360.1/],
    ['NaN', '0', /RA NaN/],
    ['', '0', /RA NaN/],
    ['1e400', '0', /RA Infinity/],
    ['10', '90.5', /Dec 90.5/],
    ['10', 'twenty', /Dec NaN/],
  ])('finds no place in RA "%s", Dec "%s"', (ra, dec, problem) => {
    const event = place(ra, dec, '1');
    expect(event.position).toBeNull();
    expect(event.positionProblem).toMatch(problem);
  });

  it.each([
    [/<Position2D.*<\/Position2D>/, '', /no coordinates/],
    [/AstroCoordSystem id="[^"]*"/, 'AstroCoordSystem id="UTC-GALACTIC-GEO"', /neither FK5/],
    [/unit="deg"/, 'unit="rad"', /"rad"/],
    [/<Name1>RA/, '<Name1>Dec', /"Dec", not RA/],
  ])(
    'finds no place when the coordinates are not RA and Dec in degrees (%s)',
    (from, to, problem) => {
      expect(read(packet.replace(from, to)).positionProblem).toMatch(problem);
    },
  );
});

describe('refusing a packet that is no VOEvent', () => {
  it.each([
    ['another root', '<Transport/>', /root element is "Transport"/],
    ['another namespace', packet.replace('VOEvent/v2.0', 'VOEvent/v9'), /namespace/],
    ['another version', packet.replace('version="2.0"', 'version="3.0"'), /version "3.0"/],
    ['no ivorn', packet.replace(/ ivorn="[^"]*"/, ''), /ivorn ""/],
    ['no role', packet.replace(/ role="[^"]*"/, ''), /role ""/],
    ['a role of its own', packet.replace('role="observation"', 'role="urgent"'), /role "urgent"/],
    ['no date', packet.replace(/<Date>.*<\/Date>/, ''), /Who\/Date/],
    ['an unknown citation', packet.replace('cite="followup"', 'cite="hint"'), /citation "hint"/],
  ])('refuses %s', (_name, text, reason) => {
    expect(reasonFor(text)).toMatch(reason);
  });

  it('tells every reason at once', () => {
    const text = packet.replace(/ role="[^"]*"/, '').replace(/<Date>.*<\/Date>/, '');
    expect(reasonFor(text)).toMatch(/role.*; Who\/Date/);
  });

  it('refuses ivorns that could do harm further on', () => {
    expect(isIvorn('ivo://nasa.gsfc.gcn/GECAM#FLT_Event_2023-04-29T2019:55:54.88_000001-257')).toBe(
      true,
    );
    expect(isIvorn('ivo://a/b#<img src=x>')).toBe(false);
    expect(isIvorn(`ivo://a/${'b'.repeat(300)}`)).toBe(false);
    expect(isIvorn('https://a/b')).toBe(false);
  });

  it('never throws on a damaged packet, and never gives a place outside the sky', () => {
    const whole = new TextEncoder().encode(packet);
    const damage = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 5 }), (damages) => {
        const damaged = Uint8Array.from(whole);
        for (const [at, value] of damages) damaged[at] = value;
        const parsed = parseVOEvent(damaged);
        if (!parsed.ok) return parsed.reason.length > 0;
        const { position } = parsed.event;
        return position === null || (position.raDeg < 360 && Math.abs(position.decDeg) <= 90);
      }),
      { numRuns: 300 },
    );
  });
});
