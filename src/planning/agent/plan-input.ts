import type { StoredSequence } from '#request';
import { checkTarget, sunBelow } from '#sky';
import type { Unit } from '#unit';
import { measuredTransition, type OverheadMemory, overheadFactor } from '../overhead-model.ts';
import { chargedSeconds } from '../quota-ledger.ts';
import type { PlanInput, PlanSequence, Quota, RunningSequence } from '../schedule.ts';
import { leastTransitionSeconds, type Transition, transitionSeconds } from '../transition.ts';
import { type ObservatoryMemory, pointingAt } from './observatory-memory.ts';

/** The dark hours of a night, and when the dome may be open. Instants are UTC ms. */
export interface NightHours {
  /** UTC date of its evening. */
  readonly night: string;
  /** Null: the sky never gets dark. */
  readonly dark: { readonly startMs: number; readonly endMs: number } | null;
  readonly openMs: number | null;
  readonly closeMs: number | null;
}

/** The hours of a night for a unit. */
export function nightHours(unit: Unit, night: string): NightHours {
  const { site, night: rules } = unit;
  return {
    night,
    dark: sunBelow(site, night, rules.scienceSunAltDeg),
    openMs: sunBelow(site, night, rules.openSunAltDeg)?.startMs ?? null,
    closeMs: sunBelow(site, night, rules.closeSunAltDeg)?.endMs ?? null,
  };
}

/** How the unit gets from one target to the next. */
export function transitionOf({ mounts, dome, channels }: Unit): Transition {
  const [mount] = mounts;
  return {
    slewDegPerSecond: mount?.slewDegPerSecond ?? Number.POSITIVE_INFINITY,
    slewAccelDegPerSecond2: mount?.slewAccelDegPerSecond2 ?? Number.POSITIVE_INFINITY,
    settleSeconds: mount?.settleSeconds ?? 0,
    domeDegPerSecond: dome.turnDegPerSecond,
    wheelSeconds: Math.max(0, ...channels.map((channel) => channel.wheelSeconds)),
  };
}

/** What a slew over a distance should take by the unit file, seconds: the mount, and the dome. */
export function reckonedSlewSeconds(unit: Unit, distanceDeg: number): number {
  return transitionSeconds(distanceDeg, { ...transitionOf(unit), wheelSeconds: 0 });
}

/** Needed on every target before its observation, by the unit file, whole seconds. */
export function setupSecondsOf(unit: Unit): number {
  return Math.ceil(leastTransitionSeconds(transitionOf(unit)) + centringSecondsOf(unit));
}

/** One image that shows that the telescope is where it should be; none without a solver. */
function centringSecondsOf({ solver, channels }: Unit): number {
  if (!solver) return 0;
  const channel = channels.find(({ alias }) => alias === solver.channel);
  return solver.exposureSeconds + (channel?.detector.readoutSeconds ?? 0);
}

/** The same as it was measured lately. */
function measuredSetupSeconds(unit: Unit, overheads: OverheadMemory): number {
  const transition = measuredTransition(transitionOf(unit), overheads);
  const centring = centringSecondsOf(unit) * overheadFactor(overheads, 'centring');
  return Math.ceil(leastTransitionSeconds(transition) + centring);
}

/** What a plan is made from: the rows, and what is known of the observatory. */
export interface Circumstances {
  readonly unit: Unit;
  readonly hours: NightHours & { readonly dark: { startMs: number; endMs: number } };
  readonly nowMs: number;
  readonly waiting: readonly StoredSequence[];
  /** The sequence that runs, with its slot in the last plan if it had one. */
  readonly running: {
    readonly sequence: StoredSequence;
    readonly slot: { readonly startMs: number; readonly endMs: number } | null;
  } | null;
  readonly quotas: ReadonlyMap<string, Quota>;
  readonly memory: ObservatoryMemory;
  /** Starts of the last plan, by sequence. */
  readonly previousMs: ReadonlyMap<number, number>;
}

/** The input of the planner for the rest of a night. */
export function planInputOf(circumstances: Circumstances): PlanInput {
  const { unit, hours, nowMs, waiting, memory, quotas, previousMs } = circumstances;
  const { overheads } = memory;
  const setupSeconds = measuredSetupSeconds(unit, overheads);
  const terms = { setupSeconds, chargedSetupSeconds: setupSecondsOf(unit), memory, nowMs };
  const pointing = pointingAt(memory, unit, Math.max(nowMs, hours.dark.startMs));
  return {
    sequences: waiting.map((sequence) => planSequenceOf(sequence, terms)),
    running: runningOf(circumstances, terms),
    quotas,
    night: {
      scienceStartMs: hours.dark.startMs,
      scienceEndMs: hours.dark.endMs,
      ...(hours.openMs !== null && { openMs: hours.openMs }),
      ...(hours.closeMs !== null && { closeMs: hours.closeMs }),
    },
    constraints: {
      site: unit.site,
      horizon: unit.horizon,
      minAltDeg: unit.night.minAltDeg,
      moonDistanceDeg: unit.night.moonDistanceDeg,
    },
    conditions: { seeingArcsec: memory.seeingArcsec },
    transition: measuredTransition(transitionOf(unit), overheads),
    ...(pointing && { pointing }),
    nowMs,
    previous: { startMs: previousMs },
    seed: Number(hours.night.replaceAll('-', '')),
  };
}

/** What all sequences of one planning share. */
interface SharedTerms extends Pick<Circumstances, 'memory' | 'nowMs'> {
  readonly setupSeconds: number;
  /** An account pays what the unit file says, whatever the mount takes tonight. */
  readonly chargedSetupSeconds: number;
}

function planSequenceOf(
  sequence: StoredSequence,
  { setupSeconds, chargedSetupSeconds, memory, nowMs }: SharedTerms,
): PlanSequence {
  const { id, name, windowEndMs, priority, startMode, tPreferedMs } = sequence;
  const { durationSeconds, minUsefulSeconds, limits, accounts, isAlert } = sequence;
  const heldMs = memory.heldUntilMs.get(id) ?? Number.NEGATIVE_INFINITY;
  return {
    ...{ id, name, windowEndMs, priority, startMode, tPreferedMs, durationSeconds },
    target: sequence.skyTarget,
    windowStartMs:
      heldMs > nowMs ? Math.max(sequence.windowStartMs, heldMs) : sequence.windowStartMs,
    ...(minUsefulSeconds !== undefined && { minUsefulSeconds }),
    ...(limits && { limits }),
    setupSeconds,
    chargeSeconds: chargedSeconds({ durationSeconds, setupSeconds: chargedSetupSeconds }),
    accounts,
    isAlert,
    mayPreempt: isAlert,
  };
}

/** An overrun is taken to last a tenth of the sequence more, and this at least, milliseconds. */
const LEAST_OVERRUN_MS = 60_000;

/**
 * What runs keeps its slot of the last plan, or rather its length from when the telescope arrived on
 * its target; past its end, it gets more time.
 */
function runningOf({ running, nowMs }: Circumstances, terms: SharedTerms): RunningSequence | null {
  if (running === null) return null;
  const { sequence, slot } = running;
  const { onTarget } = terms.memory;
  const { durationSeconds, skyTarget } = sequence;
  const durationMs = Number.isFinite(durationSeconds) ? Math.max(0, durationSeconds * 1000) : 0;
  const arrivedMs = onTarget?.sequenceId === sequence.id ? onTarget.sinceMs : null;
  const startMs = arrivedMs ?? slot?.startMs ?? nowMs;
  // One with room for a part only was told when to end.
  const isShortened = slot !== null && slot.endMs - slot.startMs < durationMs;
  const endMs = isShortened ? slot.endMs : startMs + durationMs;
  const isOver = endMs <= nowMs;
  const moreMs = Math.max(LEAST_OVERRUN_MS, durationMs / 10);
  // Its row may have been spoilt since it began: that must not spoil the plan of the others.
  const target = checkTarget(skyTarget) === null ? skyTarget : null;
  return {
    sequence: { ...planSequenceOf(sequence, terms), target },
    startMs,
    endMs: isOver ? nowMs + moreMs : endMs,
  };
}
