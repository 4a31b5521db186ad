import { describe, expect, it } from 'vitest';
import { classify, type Notice } from './notice.ts';
import { type SwiftSpec, swiftPacket } from './swift-packet.ts';
import { parseVOEvent } from './voevent-xml.ts';

const spec: SwiftSpec = {
  packet: 'bat',
  trigger: '596958',
  eventAt: '2014-04-23T21:07:08.07',
  raDeg: 202.9277,
  decDeg: 29.2583,
  errorDeg: 0.05,
};

/** The BAT packet, changed as by a mission of another mind. */
function classified(change: (packet: string) => string = (packet) => packet): Notice {
  const parsed = parseVOEvent(change(swiftPacket(spec, Date.UTC(2014, 3, 23, 21, 8, 24))));
  if (!parsed.ok) throw new Error(parsed.reason);
  return classify(parsed.event);
}

const setFlag =
  (name: string, value = 'true') =>
  (packet: string) =>
    packet
      .replace(new RegExp(`<Param name="${name}"[^>]*>`), '')
      .replace('</Group>', `<Param name="${name}" value="${value}"/></Group>`);
const setRole = (role: string) => (packet: string) =>
  packet.replace('role="observation"', `role="${role}"`);
const setType = (type: number) => (packet: string) =>
  packet.replace('"Packet_Type" value="61"', `"Packet_Type" value="${type}"`);

describe('classifying a notice', () => {
  it('takes a BAT position for a burst', () => {
    expect(classified()).toMatchObject({
      kind: 'burst',
      mission: 'Swift',
      instrument: 'BAT',
      trigger: '596958',
      name: 'GRB 140423',
      target: { raDeg: 202.9277, decDeg: 29.2583, errorDeg: 0.05 },
    });
  });

  it.each([
    ['a lost star tracker', setFlag('StarTrack_Lost_Lock'), 'not-a-burst', /star tracker/],
    ['a denial', setFlag('Def_NOT_a_GRB'), 'not-a-burst', /definitely not/],
    ['no identified burst', setFlag('GRB_Identified', 'false'), 'not-a-burst', /no burst/],
    ['a source of the flight catalogue', setFlag('Target_in_Flt_Catalog'), 'catalogued', /known/],
    ['a source of the ground catalogue', setFlag('Target_in_Gnd_Catalog'), 'catalogued', /known/],
    ['a blocked source', setFlag('Target_in_Blk_Catalog'), 'catalogued', /known/],
    ['a faint image', setFlag('VERY_Lo_Image_Signif'), 'sub-threshold', /significance/],
    ['a test submission', setFlag('Test_Submission'), 'test', /Test_Submission/],
    ['a retraction flag', setFlag('Retraction'), 'retraction', /retraction/],
    ['a known-source stream', setType(141), 'catalogued', /known sources/],
    ['a pointing stream', setType(83), 'utility', /spacecraft/],
    ['a stream nobody knows', setType(9999), 'unknown', /no strategy/],
    ['the test role', setRole('test'), 'test', /role is test/],
    ['the utility role', setRole('utility'), 'utility', /utility/],
    ['the prediction role', setRole('prediction'), 'utility', /prediction/],
    ['undefined coordinates', setFlag('Coords_Type', '0'), 'no-position', /undefined/],
  ] as const)('does not follow a position with %s', (_name, change, kind, reason) => {
    const notice = classified(change);
    expect(notice.kind).toBe(kind);
    expect(notice.reason).toMatch(reason);
  });

  it.each(['0', '-1', '360'])('does not follow a position of radius %s', (radius) => {
    const notice = classified((packet) =>
      packet.replace(/<Error2Radius>[^<]*/, `<Error2Radius>${radius}`),
    );
    expect(notice).toMatchObject({ kind: 'no-position', target: null });
  });

  it('takes a test for a test even when it retracts', () => {
    const notice = classified((packet) => setRole('test')(setFlag('Retraction')(packet)));
    expect(notice.kind).toBe('test');
  });

  it('follows GBM only where GBM itself thinks of a burst', () => {
    const gbm = (index: number, percent: number) =>
      classified((packet) =>
        setFlag(
          'Most_Likely_Prob',
          `${percent}`,
        )(setFlag('Most_Likely_Index', `${index}`)(setType(111)(packet))),
      );
    expect(gbm(4, 90).kind).toBe('burst');
    expect(gbm(8, 40).kind).toBe('burst');
    expect(gbm(8, 90).kind).toBe('not-a-burst');
  });

  it('names a notice without number by its ivorn', () => {
    const notice = classified((packet) =>
      packet.replace('"TrigID" value="596958"', '"TrigID" value="0"'),
    );
    expect(notice.trigger).toBe('ivo://pyros.simulator/SWIFT#BAT_GRB_Pos_596958-1');
  });
});
