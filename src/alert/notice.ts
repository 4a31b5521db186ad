import { type NoticeType, noticeTypeOf } from './notice-types.ts';
import { hasFlag, paramValue, type VOEvent } from './voevent.ts';

/** The place of a burst; `errorDeg` is the radius of the error circle, greater than 0. */
export interface NoticeTarget {
  readonly raDeg: number;
  readonly decDeg: number;
  readonly errorDeg: number;
}

interface NoticeTerms {
  readonly ivorn: string;
  /** `Swift`, `Fermi`, …; the authority of the ivorn for a stream that is not known. */
  readonly mission: string;
  readonly instrument: string;
  /** The mission's number of the event; the ivorn when it gives none. */
  readonly trigger: string;
  /** Name of the source, e.g. `GRB 140423`. */
  readonly name: string | null;
  readonly dateMs: number;
  readonly eventMs: number | null;
  readonly importance: number | null;
  readonly citations: VOEvent['citations'];
  /** Why it is of this kind, a sentence for people. */
  readonly reason: string;
}

/** Kinds of notice that a telescope may follow: both have a usable place. */
export type PositionKind = 'burst' | 'refinement';

/** Kinds of notice that move nothing; the last three withdraw a burst that was believed before. */
export type OtherKind =
  | 'test'
  | 'utility'
  | 'sub-threshold'
  | 'no-position'
  | 'unknown'
  | 'retraction'
  | 'not-a-burst'
  | 'catalogued';

/** A classified VOEvent. */
export type Notice =
  | (NoticeTerms & { readonly kind: PositionKind; readonly target: NoticeTarget })
  | (NoticeTerms & { readonly kind: OtherKind; readonly target: NoticeTarget | null });

export type NoticeKind = Notice['kind'];

interface Verdict {
  readonly kind: OtherKind;
  readonly reason: string;
}

type Rule = (event: VOEvent, type: NoticeType) => Verdict | null;

/** The first rule that answers decides. Safety comes first: a test is a test whatever else it says. */
const rules: readonly Rule[] = [
  testRule,
  roleRule,
  retractionRule,
  streamRule,
  falseAlarmRule,
  catalogueRule,
  thresholdRule,
  positionRule,
];

/** Says what a VOEvent is worth to a telescope. */
export function classify(event: VOEvent): Notice {
  const type = noticeTypeOf(event);
  const target = targetOf(event);
  const terms = {
    ivorn: event.ivorn,
    mission: type.mission,
    instrument: type.instrument,
    trigger: triggerOf(event),
    name: event.inferredName,
    dateMs: event.dateMs,
    eventMs: event.eventMs,
    importance: event.importance,
    citations: event.citations,
  };
  const verdict = firstVerdict(event, type);
  if (verdict) return { ...terms, ...verdict, target };
  if (!target) return { ...terms, kind: 'no-position', reason: 'no usable place', target };
  const kind = type.kind === 'refinement' ? 'refinement' : 'burst';
  const reason = `${type.mission} ${type.instrument} gives a place, ±${target.errorDeg} degrees`;
  return { ...terms, kind, reason, target };
}

function firstVerdict(event: VOEvent, type: NoticeType): Verdict | null {
  for (const rule of rules) {
    const verdict = rule(event, type);
    if (verdict) return verdict;
  }
  return null;
}

function targetOf(event: VOEvent): NoticeTarget | null {
  const position = event.position;
  if (!position || position.errorDeg === null) return null;
  return { raDeg: position.raDeg, decDeg: position.decDeg, errorDeg: position.errorDeg };
}

/** Each mission numbers its events under a name of its own; 0 and -1 stand for none. */
function triggerOf(event: VOEvent): string {
  const names = ['TrigID', 'GraceID', 'AMON_ID', 'Trigger_Number', 'event_id'];
  const values = names.map((name) => paramValue(event, name));
  const found = values.find((value) => value && value !== '0' && value !== '-1');
  return (found ?? event.ivorn).slice(0, 100);
}

function testRule(event: VOEvent): Verdict | null {
  if (event.role === 'test') return { kind: 'test', reason: 'its role is test' };
  const flag = ['Test_Submission', 'Test_Notice', 'Test', 'InternalTest', 'HardwareInj'].find(
    (name) => hasFlag(event, name),
  );
  return flag ? { kind: 'test', reason: `its flag ${flag} is set` } : null;
}

function roleRule(event: VOEvent): Verdict | null {
  if (event.role === 'observation') return null;
  return { kind: 'utility', reason: `its role is ${event.role}` };
}

function retractionRule(event: VOEvent): Verdict | null {
  const cited = event.citations.find((citation) => citation.cite === 'retraction');
  if (cited) return { kind: 'retraction', reason: `it retracts ${cited.ivorn}` };
  const isDeclared =
    paramValue(event, 'AlertType') === 'Retraction' || hasFlag(event, 'Retraction');
  return isDeclared ? { kind: 'retraction', reason: 'it says that it is a retraction' } : null;
}

const streamReasons: Readonly<Partial<Record<NoticeType['kind'], string>>> = {
  test: 'this stream carries tests',
  utility: 'it tells of the spacecraft or of data products, not of a place',
  'sub-threshold': 'this stream carries detections below the threshold of a burst',
  catalogued: 'this stream carries known sources',
  'no-position': 'this stream announces without a place',
  unknown: 'no strategy can follow this kind of notice',
};

function streamRule(_event: VOEvent, type: NoticeType): Verdict | null {
  if (type.kind === 'burst' || type.kind === 'refinement') return null;
  return { kind: type.kind, reason: streamReasons[type.kind] ?? '' };
}

/** Fermi GBM's on-board classification: index 4 is a gamma-ray burst. */
const GBM_BURST_INDEX = '4';

function falseAlarmRule(event: VOEvent, type: NoticeType): Verdict | null {
  if (hasFlag(event, 'StarTrack_Lost_Lock')) {
    return { kind: 'not-a-burst', reason: 'the star tracker had lost lock: a false alarm' };
  }
  if (hasFlag(event, 'Def_NOT_a_GRB')) {
    return { kind: 'not-a-burst', reason: 'the mission says that it is definitely not a burst' };
  }
  const isBat = type.mission === 'Swift' && type.instrument === 'BAT';
  if (isBat && paramValue(event, 'GRB_Identified') === 'false') {
    return { kind: 'not-a-burst', reason: 'no burst was identified' };
  }
  return gbmVerdict(event);
}

function gbmVerdict(event: VOEvent): Verdict | null {
  const index = paramValue(event, 'Most_Likely_Index');
  const percent = Number(paramValue(event, 'Most_Likely_Prob') ?? 0);
  if (index === undefined || index === GBM_BURST_INDEX || percent < 50) return null;
  return {
    kind: 'not-a-burst',
    reason: `GBM takes it for another class of source (index ${index}, ${percent} %)`,
  };
}

function catalogueRule(event: VOEvent): Verdict | null {
  const flag = ['Target_in_Flt_Catalog', 'Target_in_Gnd_Catalog', 'Target_in_Blk_Catalog'].find(
    (name) => hasFlag(event, name),
  );
  return flag ? { kind: 'catalogued', reason: `a known source (${flag})` } : null;
}

function thresholdRule(event: VOEvent): Verdict | null {
  if (hasFlag(event, 'VERY_Lo_Image_Signif')) {
    return { kind: 'sub-threshold', reason: 'the significance of its image is very low' };
  }
  const isInsignificant = paramValue(event, 'Significant') === '0';
  return isInsignificant
    ? { kind: 'sub-threshold', reason: 'its authors call it not significant' }
    : null;
}

function positionRule(event: VOEvent): Verdict | null {
  if (!event.position) {
    return { kind: 'no-position', reason: event.positionProblem ?? 'no coordinates' };
  }
  if (paramValue(event, 'Coords_Type') === '0') {
    return { kind: 'no-position', reason: 'its coordinates are undefined (Coords_Type 0)' };
  }
  if (event.position.errorDeg === null) {
    return { kind: 'no-position', reason: 'its error radius is missing or means nothing' };
  }
  return null;
}
