import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classify, type Notice } from './notice.ts';
import type { VOEvent } from './voevent.ts';
import { parseVOEvent } from './voevent-xml.ts';

const folder = new URL('../../../shared/data/voevents/xml/', import.meta.url);
const isPresent = existsSync(folder);
const files = isPresent ? readdirSync(folder).filter((name) => name.endsWith('.xml')) : [];
const title = isPresent
  ? 'packets broadcast by the missions'
  : 'packets broadcast by the missions (SKIPPED: ../shared/data/voevents is not there)';

function readSample(part: string): VOEvent {
  const file = files.find((name) => name.includes(part));
  if (!file) throw new Error(`no sample named ${part}`);
  const parsed = parseVOEvent(readFileSync(new URL(file, folder)));
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.event;
}

describe.skipIf(!isPresent)(title, () => {
  it('all parse and classify', () => {
    const refused = files.flatMap((file) => {
      const parsed = parseVOEvent(readFileSync(new URL(file, folder)));
      return parsed.ok && classify(parsed.event).reason ? [] : [file];
    });
    expect(files.length).toBeGreaterThan(50);
    expect(refused).toEqual([]);
  });

  it('gives the burst of 23 April 2014 as BAT saw it', () => {
    const event = readSample('BAT_GRB_Pos_596958');
    expect(event.eventMs).toBe(Date.UTC(2014, 3, 23, 21, 7, 8, 70));
    expect(event.position).toEqual({ raDeg: 202.9277, decDeg: 29.2583, errorDeg: 0.05 });
    expect(event.inferredName).toBe('GRB 140423');
  });

  it('gives its refinement as XRT saw it', () => {
    const event = readSample('XRT_Pos_596958');
    expect(event.position).toEqual({ raDeg: 202.9436, decDeg: 29.2763, errorDeg: 0.0013 });
    expect(event.citations).toEqual([
      { ivorn: 'ivo://nasa.gsfc.gcn/SWIFT#BAT_GRB_Pos_596958-767', cite: 'followup' },
    ]);
  });

  it.each([
    ['SWIFT_xrt_position_v1.1', '1.1'],
    ['SWIFT_bat_position_v2.0', '2.0'],
    ['voevent-ex1', '2.1'],
    ['no_namespace', '2.0'],
  ])('reads %s, version %s', (part, version) => {
    const event = readSample(part);
    expect(event.version).toBe(version);
    expect(event.position).not.toBeNull();
  });

  const table: readonly [string, Notice['kind'], string, string, RegExp][] = [
    ['BAT_GRB_Pos_596958', 'burst', 'Swift', '596958', /±0.05/],
    ['BAT_GRB_Pos_597722', 'burst', 'Swift', '597722', /BAT/],
    ['XRT_Pos_596958', 'refinement', 'Swift', '596958', /XRT/],
    ['XRT_Pos_597722', 'refinement', 'Swift', '597722', /XRT/],
    ['UVOT_Pos_597722', 'refinement', 'Swift', '597722', /UVOT/],
    ['XRT_Nack_Pos', 'no-position', 'Swift', '597570', /without a place/],
    ['SC_Slew', 'utility', 'Swift', '597519', /spacecraft/],
    ['BAT_Known_Pos', 'catalogued', 'Swift', '1492319131', /known sources/],
    ['BAT_SubSubThresh', 'sub-threshold', 'Swift', '1492446186', /below the threshold/],
    ['BAT_GRB_Test_Pos', 'test', 'Swift', '99999', /role is test/],
    ['GBM_Alert', 'no-position', 'Fermi', '420039097', /without a place/],
    ['GBM_Flt_Pos', 'not-a-burst', 'Fermi', '420077994', /index 8, 96 %/],
    ['GBM_Gnd_Pos', 'refinement', 'Fermi', '420506684', /±7.87/],
    ['GBM_Fin_Pos', 'refinement', 'Fermi', '420506684', /±6.09/],
    ['Fermi_Point_Dir', 'utility', 'Fermi', '', /role is utility/],
    ['Fermi_LAT_Offline', 'burst', 'Fermi', '230512269', /LAT/],
    ['INTEGRAL_Wakeup', 'burst', 'INTEGRAL', '6614', /IBIS/],
    ['INTEGRAL_Offline', 'test', 'INTEGRAL', '234', /test/],
    ['IPN_Raw', 'no-position', 'IPN', '', /without a place/],
    ['MAXI_Unknown', 'burst', 'MAXI', '4021824071', /GSC/],
    ['MAXI_Test', 'test', 'MAXI', '0599999', /test/],
    ['SNEWS', 'test', 'SNEWS', '1000196', /test/],
    ['MS230430x-3-Retraction', 'test', 'LVK', 'MS230430x', /test/],
    ['S230518h-1', 'no-position', 'LVK', 'S230518h', /no coordinates/],
    [
      'ICECUBE_GOLD_Event2023-05-06T15_53_45.93_24_137910_029871391_1',
      'burst',
      'IceCube',
      '13791029871391',
      /±3.12/,
    ],
    ['GECAM_GND', 'refinement', 'GECAM', '174', /ground/],
    ['MOA_Lensing_Event_2014', 'unknown', 'MOA', '201400164', /no strategy/],
    ['Gaia18cva', 'unknown', 'gaia.cam.uk/alerts', '', /no strategy/],
    ['AMI-REQUEST', 'utility', 'voevent.phys.soton.ac.uk/AMI-REQUEST', '', /utility/],
    ['voevent-ex2', 'utility', 'psws.irap/VOEvent/', '', /prediction/],
  ];

  it.each(table)('takes %s for a %s of %s', (part, kind, mission, trigger, reason) => {
    const notice = classify(readSample(part));
    expect(notice.kind).toBe(kind);
    expect(notice.mission).toContain(mission);
    expect(notice.trigger).toBe(trigger || notice.ivorn);
    expect(notice.reason).toMatch(reason);
  });
});
