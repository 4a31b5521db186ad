import {
  type BodyName,
  type HorizonLine,
  horizonLine,
  moonPosition,
  placeOf,
  type Site,
  sunPosition,
  type TimeGrid,
  timeGrid,
} from '#sky';
import type { Interval } from '../interval.ts';
import type { PlanConstraints, PlanInput } from '../schedule.ts';
import { type ComingNights, comingNights } from './coming-nights.ts';
import type { NightFrame } from './night-frame.ts';
import { stretchesAbove } from './samples.ts';
import { movingPath, type TargetPath } from './target-path.ts';

/** What the tables of a night depend on. */
export type NightAsked = Pick<PlanInput, 'night' | 'constraints'>;

/** What all the sequences of a night share; it does not depend on what time it is. */
export interface NightTables extends NightFrame {
  /** What they were made from. */
  readonly asked: NightAsked;
  readonly rules: PlanConstraints;
  /** For what may take place in the twilight. */
  readonly open: Interval;
  readonly horizon: HorizonLine;
  readonly highestHorizonDeg: number;
  /** The Moon and the planets, each followed when somebody asks for it. */
  body(name: BodyName): TargetPath;
  sun(): TargetPath;
  /** When the Moon is above a flat horizon. */
  moonUp(): readonly Interval[];
  /** Lit fraction of the Moon in the middle of the night. */
  moonIllumination(): number;
  /** For advice about dates. */
  coming(): ComingNights;
}

const GRID_STEP_MS = 120_000;
/** However long the night that somebody asks for, its tables stay small. */
const MOST_STEPS = 5_000;

/** The tables of the night that an input asks for. */
export function nightTables(asked: NightAsked): NightTables {
  const { night, constraints: rules } = asked;
  const dark = spanOf(night.scienceStartMs, night.scienceEndMs);
  const open = spanOf(night.openMs ?? dark.startMs, night.closeMs ?? dark.endMs);
  const span = around(dark, open);
  const { site } = rules;
  const step = Math.max(1, Math.ceil((span.endMs - span.startMs) / GRID_STEP_MS / MOST_STEPS));
  const grid = gridOver(site, span, step * GRID_STEP_MS);
  const horizon = horizonLine(rules.horizon);
  const midMs = (span.startMs + span.endMs) / 2;
  const tables: NightTables = {
    asked: { night, constraints: rules },
    site,
    rules,
    dark,
    open,
    midMs,
    grid,
    horizon,
    highestHorizonDeg: Math.max(...horizon.altDeg),
    body: remembered((name: BodyName) =>
      movingPath((ms) => placeOf({ kind: 'BODY', body: name }, site, ms), grid),
    ),
    sun: once(() => movingPath((ms) => sunPosition(site, ms), grid)),
    moonUp: once(() => stretchesAbove(tables.body('Moon').sines, 0, grid)),
    moonIllumination: once(() => moonPosition(site, midMs).illumination),
    coming: once(() => comingNights(tables, tables.sun().sines)),
  };
  return tables;
}

/** Up to one step past the end, so that the whole span lies between steps. */
function gridOver(site: Site, { startMs, endMs }: Interval, stepMs: number): TimeGrid {
  return timeGrid(site, { startMs, endMs: endMs + stepMs, stepMs });
}

/** A span without end or start is no night. */
function spanOf(startMs: number, endMs: number): Interval {
  const isSpan = Number.isFinite(startMs) && Number.isFinite(endMs);
  return isSpan ? { startMs, endMs } : { startMs: 0, endMs: 0 };
}

function around(dark: Interval, open: Interval): Interval {
  const spans = [dark, open].filter(({ startMs, endMs }) => endMs > startMs);
  if (spans.length === 0) return { startMs: dark.startMs, endMs: dark.startMs };
  return {
    startMs: Math.min(...spans.map(({ startMs }) => startMs)),
    endMs: Math.max(...spans.map(({ endMs }) => endMs)),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function remembered<K, T>(make: (key: K) => T): (key: K) => T {
  const made = new Map<K, T>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
