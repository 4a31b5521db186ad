import { z } from 'zod';
import { iso, parseIso } from '#platform';
import { escapeXml } from './xml-tree.ts';

const instant = z.string().refine(isInstant, { error: 'expected an ISO 8601 instant' });

const eventShape = {
  /** The burst's number: the notices of one burst share it. */
  trigger: z.string().regex(/^\d{1,12}$/, { error: 'expected digits' }),
  /** When the burst happened. */
  eventAt: instant,
  /** When the notice says it was written; the instant of sending when not given. */
  noticeAt: instant.optional(),
  /** Description of the packet. */
  text: z.string().max(500).optional(),
};

const positionShape = {
  raDeg: z.number().min(0).lt(360),
  decDeg: z.number().min(-90).max(90),
  errorDeg: z.number().min(0).max(180),
};

/** What a scenario asks the alert sender to send (key `alertSimulator`). */
export const alertSpecSchema = z.discriminatedUnion('packet', [
  z.strictObject({
    packet: z.enum(['bat', 'xrt', 'uvot', 'test']),
    ...eventShape,
    ...positionShape,
  }),
  z.strictObject({
    packet: z.literal('retraction'),
    ...eventShape,
    ...z.object(positionShape).partial().shape,
  }),
  /** The text goes out as it is, right or wrong. */
  z.strictObject({ packet: z.literal('raw'), text: z.string() }),
]);

export type AlertSpec = z.infer<typeof alertSpecSchema>;
export type SwiftSpec = Exclude<AlertSpec, { packet: 'raw' }>;

interface Form {
  readonly type: number;
  readonly serial: number;
  readonly instrument: string;
  readonly stream: string;
  readonly cite: 'followup' | 'retraction' | null;
  readonly importance: string;
}

const FIRST = { serial: 1, instrument: 'BAT', cite: null, importance: '0.90' } as const;
const FOLLOW_UP = { ...FIRST, cite: 'followup', importance: '0.99' } as const;

/** The packets of a burst in the manner of Swift: BAT announces, XRT and UVOT refine. */
const forms: Readonly<Record<SwiftSpec['packet'], Form>> = {
  bat: { ...FIRST, type: 61, stream: 'BAT_GRB_Pos' },
  xrt: { ...FOLLOW_UP, type: 67, instrument: 'XRT', stream: 'XRT_Pos' },
  uvot: { ...FOLLOW_UP, type: 81, instrument: 'UVOT', stream: 'UVOT_Pos' },
  test: { ...FIRST, type: 82, stream: 'BAT_GRB_Test_Pos' },
  retraction: { ...FOLLOW_UP, type: 61, stream: 'BAT_GRB_Pos', cite: 'retraction', serial: 2 },
};

/** The ivorn of a simulated packet: the same for the same packet, so that a duplicate shows. */
export function swiftIvorn(packet: SwiftSpec['packet'], trigger: string): string {
  const { stream, serial } = forms[packet];
  return `ivo://pyros.simulator/SWIFT#${stream}_${trigger}-${serial}`;
}

/** The VOEvent 2.0 text of a simulated notice written at `noticeMs` (UTC) unless its spec says when. */
export function swiftPacket(spec: SwiftSpec, noticeMs: number): string {
  const shape = forms[spec.packet];
  const role = spec.packet === 'test' ? 'test' : 'observation';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<voe:VOEvent xmlns:voe="http://www.ivoa.net/xml/VOEvent/v2.0" version="2.0"',
    ` role="${role}" ivorn="${swiftIvorn(spec.packet, spec.trigger)}">`,
    '<Who><AuthorIVORN>ivo://pyros.simulator/author</AuthorIVORN>',
    `<Date>${spec.noticeAt ?? iso(noticeMs)}</Date></Who>`,
    whatSection(spec, shape),
    whereSection(spec),
    `<How><Description>Simulated ${shape.instrument}</Description></How>`,
    `<Why importance="${shape.importance}"><Inference><Name>GRB ${dayOf(spec.eventAt)}</Name>`,
    '<Concept>process.variation.burst;em.gamma</Concept></Inference></Why>',
    citationSection(spec, shape),
    `<Description>${escapeXml(spec.text ?? 'A simulated notice')}</Description>`,
    '</voe:VOEvent>',
  ].join('');
}

function whatSection(spec: SwiftSpec, shape: Form): string {
  const isRetracted = spec.packet === 'retraction';
  return [
    '<What>',
    param('Packet_Type', shape.type),
    param('Pkt_Ser_Num', shape.serial),
    param('TrigID', spec.trigger),
    param('Coords_Type', 1),
    '<Group name="Solution_Status">',
    param('Point_Source', true),
    param('GRB_Identified', !isRetracted),
    param('Def_NOT_a_GRB', isRetracted),
    param('Target_in_Flt_Catalog', false),
    param('Target_in_Gnd_Catalog', false),
    param('StarTrack_Lost_Lock', false),
    param('Test_Submission', spec.packet === 'test'),
    '</Group></What>',
  ].join('');
}

function whereSection(spec: SwiftSpec): string {
  return [
    '<WhereWhen><ObsDataLocation><ObservatoryLocation id="GEOLUN"/><ObservationLocation>',
    '<AstroCoordSystem id="UTC-FK5-GEO"/><AstroCoords coord_system_id="UTC-FK5-GEO">',
    `<Time unit="s"><TimeInstant><ISOTime>${spec.eventAt}</ISOTime></TimeInstant></Time>`,
    positionOf(spec),
    '</AstroCoords></ObservationLocation></ObsDataLocation></WhereWhen>',
  ].join('');
}

function positionOf({ raDeg, decDeg, errorDeg }: SwiftSpec): string {
  if (raDeg === undefined || decDeg === undefined) return '';
  const value = `<Value2><C1>${raDeg.toFixed(5)}</C1><C2>${decDeg.toFixed(5)}</C2></Value2>`;
  const radius = `<Error2Radius>${(errorDeg ?? 0).toFixed(5)}</Error2Radius>`;
  return `<Position2D unit="deg"><Name1>RA</Name1><Name2>Dec</Name2>${value}${radius}</Position2D>`;
}

function citationSection(spec: SwiftSpec, shape: Form): string {
  if (shape.cite === null) return '';
  const cited = swiftIvorn('bat', spec.trigger);
  return `<Citations><EventIVORN cite="${shape.cite}">${cited}</EventIVORN></Citations>`;
}

function param(name: string, value: string | number | boolean): string {
  return `<Param name="${name}" value="${value}"/>`;
}

/** The date of a burst as its name has it: `140423`. */
function dayOf(eventAt: string): string {
  return iso(parseIso(eventAt)).slice(2, 10).replaceAll('-', '');
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?$/.test(text) && !Number.isNaN(Date.parse(text));
}
