import type { Fact, FactType } from '#agent';
import { parseIso } from '#platform';
import { horizontalToIcrs, type RaDec } from '#sky';
import type { Unit } from '#unit';
import { nothingMeasured, type OverheadMemory, withOverhead } from '../overhead-model.ts';

/** What the scheduler keeps in mind of the observatory, from its facts. */
export interface ObservatoryMemory {
  /** The dome may be open: slots count. */
  readonly isReady: boolean;
  /** Seeing as last measured, arcseconds at the zenith; null: never. */
  readonly seeingArcsec: number | null;
  /** Where the telescope was last sent; null before the first time. */
  readonly aim: RaDec | 'park' | null;
  /** Since when the telescope has been on the target of a sequence, UTC ms; null: it is on its way. */
  readonly onTarget: { readonly sequenceId: number; readonly sinceMs: number } | null;
  /** Sequences that could not begin, and until when they are not tried again, UTC ms. */
  readonly heldUntilMs: ReadonlyMap<number, number>;
  /** What slews and the like took lately. */
  readonly overheads: OverheadMemory;
}

export const nothingKnown: ObservatoryMemory = {
  isReady: false,
  seeingArcsec: null,
  aim: null,
  onTarget: null,
  heldUntilMs: new Map(),
  overheads: nothingMeasured,
};

/** Facts of which more than the last counts: the last few of each restore what is measured. */
export const measuringTypes = ['SlewEnded', 'OverheadMeasured'] as const satisfies FactType[];

/** What it is made from: the last fact of each of these types restores it. */
export const rememberedTypes = [
  'ModeChanged',
  'ConditionsChanged',
  'SequenceStarted',
  'SlewStarted',
  'SlewEnded',
  'TelescopeParked',
  'SequenceRefused',
  'SequenceRequeued',
  'OverheadMeasured',
  'TargetMoved',
] as const satisfies readonly FactType[];

/** A plan would put it in the same place again: what stood in its way needs time to change. */
const HELD_MS = 600_000;

/** The memory after a fact. */
export function remember(memory: ObservatoryMemory, fact: Fact): ObservatoryMemory {
  switch (fact.type) {
    case 'ModeChanged':
      return { ...memory, isReady: fact.payload.to === 'SCHED_READY' };
    case 'ConditionsChanged':
      return { ...memory, seeingArcsec: fact.payload.seeingArcsec ?? memory.seeingArcsec };
    case 'SlewStarted':
      return { ...memory, aim: { raDeg: fact.payload.raDeg, decDeg: fact.payload.decDeg } };
    case 'SequenceStarted':
      return { ...memory, onTarget: null };
    case 'SlewEnded':
      return { ...memory, onTarget: arrived(memory, fact), overheads: learnt(memory, fact) };
    case 'OverheadMeasured':
      return { ...memory, overheads: learnt(memory, fact) };
    case 'TelescopeParked':
      return { ...memory, aim: 'park' };
    case 'SequenceRequeued':
      // One that was only late may come at once.
      if (fact.payload.failures === 0) return memory;
      return held(memory, fact.payload.sequenceId, parseIso(fact.at) + HELD_MS);
    case 'SequenceRefused':
      return held(memory, fact.payload.sequenceId, parseIso(fact.at) + HELD_MS);
    case 'TargetMoved':
      // Elsewhere it may be allowed.
      return held(memory, fact.payload.sequenceId, Number.NEGATIVE_INFINITY);
    default:
      return memory;
  }
}

/** A target that moves is followed by another slew: the first arrival counts. */
function arrived(
  { onTarget }: ObservatoryMemory,
  { at, payload: { sequenceId } }: Extract<Fact, { type: 'SlewEnded' }>,
): ObservatoryMemory['onTarget'] {
  return onTarget?.sequenceId === sequenceId ? onTarget : { sequenceId, sinceMs: parseIso(at) };
}

/** What is measured of overheads after some facts, oldest first. */
export function learntFrom(facts: readonly Measuring[]): OverheadMemory {
  return facts.reduce<OverheadMemory>((overheads, fact) => {
    return learnt({ overheads }, fact);
  }, nothingMeasured);
}

type Measuring = Extract<Fact, { type: (typeof measuringTypes)[number] }>;

function learnt(
  { overheads }: Pick<ObservatoryMemory, 'overheads'>,
  fact: Measuring,
): OverheadMemory {
  if (fact.type === 'OverheadMeasured') return withOverhead(overheads, fact.payload);
  const { seconds, plannedSeconds } = fact.payload;
  if (plannedSeconds === undefined) return overheads;
  return withOverhead(overheads, { kind: 'slew', seconds, plannedSeconds });
}

function held(memory: ObservatoryMemory, id: number, untilMs: number): ObservatoryMemory {
  return { ...memory, heldUntilMs: new Map(memory.heldUntilMs).set(id, untilMs) };
}

/** Where the telescope looks at an instant, UTC ms; undefined when that is not known. */
export function pointingAt(
  { aim }: ObservatoryMemory,
  { site, mounts }: Pick<Unit, 'site' | 'mounts'>,
  ms: number,
): RaDec | undefined {
  if (aim !== 'park') return aim ?? undefined;
  const park = mounts[0]?.park;
  return park && horizontalToIcrs(park, site, ms);
}
