import type { ScheduleLine, StoredSchedule } from '#planning';
import { parseIso } from '#platform';
import type { StoredSequence } from '#request';
import { altAz, horizonAltAt, moonPosition, placeOf, separationDeg, sunPosition } from '#sky';
import { unit } from './phase-night.ts';

type Slot = ScheduleLine & { readonly startMs: number; readonly endMs: number };
type Sequences = ReadonlyMap<number, StoredSequence>;

/** The planner follows the sky by steps of a minute. */
const MARGIN_DEG = 0.1;

/** The slots of a stored plan, in order. */
export function slotsOf({ lines }: Pick<StoredSchedule, 'lines'>): Slot[] {
  const slots = lines.filter((line): line is Slot => line.startMs !== null && line.endMs !== null);
  return slots.toSorted((a, b) => a.startMs - b.startMs);
}

/**
 * What is wrong with a stored plan, found from the sky alone and without the planner. `hasBegun`: runs
 * when the plan is made; that one is where it is.
 */
export function faultsOf(
  version: StoredSchedule,
  sequences: Sequences,
  hasBegun: (id: number) => boolean,
): string[] {
  const slots = slotsOf(version);
  return slots.flatMap((slot, i) => {
    const sequence = sequences.get(slot.sequenceId);
    if (!sequence) return [`plan ${version.id} has a slot for nobody`];
    const before = slots[i - 1];
    const isPlaced = !hasBegun(slot.sequenceId);
    const faults = [
      ...(before ? transitionFaults(before, slot, sequences) : []),
      ...(isPlaced ? skyFaults(slot, sequence) : []),
      ...(isPlaced && slot.startMs < parseIso(version.created) ? ['begins in the past'] : []),
    ];
    return faults.map((fault) => `plan ${version.id}: ${sequence.name} ${fault}`);
  });
}

function transitionFaults(before: Slot, slot: Slot, sequences: Sequences): string[] {
  const [a, b] = [sequences.get(before.sequenceId), sequences.get(slot.sequenceId)];
  if (!a || !b) return [];
  const place = ({ skyTarget }: StoredSequence) => placeOf(skyTarget, unit.site, slot.startMs);
  const needed = transitionSeconds(separationDeg(place(a), place(b)));
  const seconds = (slot.startMs - before.endMs) / 1000;
  return seconds < needed - 0.1 ? [`begins ${seconds} s after the end before it: ${needed} s`] : [];
}

/** Mount with ramps, then settling; meanwhile the dome and the wheels turn. */
function transitionSeconds(distanceDeg: number): number {
  const [mount] = unit.mounts;
  if (!mount) return 0;
  const { slewDegPerSecond: speed, slewAccelDegPerSecond2: ramp, settleSeconds } = mount;
  const cruise = distanceDeg - speed ** 2 / ramp;
  const slew = cruise > 0 ? 2 * (speed / ramp) + cruise / speed : 2 * Math.sqrt(distanceDeg / ramp);
  const wheels = unit.channels.map(({ wheelSeconds }) => wheelSeconds);
  return Math.max(slew + settleSeconds, distanceDeg / unit.dome.turnDegPerSecond, ...wheels);
}

function skyFaults({ startMs, endMs }: Slot, sequence: StoredSequence): string[] {
  const isOutside = startMs < sequence.windowStartMs || endMs > sequence.windowEndMs;
  const instants = [startMs, (startMs + endMs) / 2, endMs];
  const above = instants.flatMap((ms) => faultsAt(ms, sequence));
  return [...(isOutside ? ['is outside its window'] : []), ...new Set(above)];
}

function faultsAt(ms: number, { skyTarget, limits = {} }: StoredSequence): string[] {
  const { site, night, horizon } = unit;
  const place = placeOf(skyTarget, site, ms);
  const { altDeg, azDeg } = altAz(place, site, ms);
  const moon = moonPosition(site, ms);
  const moonDistance = limits.moonDistanceDeg ?? night.moonDistanceDeg;
  const isNearMoon = moon.altDeg > 0 && separationDeg(place, moon) < moonDistance - MARGIN_DEG;
  const isLight = sunPosition(site, ms).altDeg > night.scienceSunAltDeg + MARGIN_DEG;
  return [
    ...(altDeg < (limits.minAltDeg ?? night.minAltDeg) - MARGIN_DEG ? ['is too low'] : []),
    ...(altDeg < horizonAltAt(horizon, azDeg) - MARGIN_DEG ? ['is behind the horizon'] : []),
    ...(isNearMoon ? ['is near the Moon'] : []),
    ...(isLight ? ['is in the twilight'] : []),
  ];
}

const LATER_MS = 30 * 60_000;
const MOVED_MS = 60_000;

/** What became of the starts later than half an hour after a new plan that both plans have. */
export interface Churn {
  /** To the minute where they were. */
  readonly kept: number;
  /** In the same order as before, sooner or later by what was added or taken away before them. */
  readonly pushed: number;
  /** Out of the order that the others keep. */
  readonly moved: number;
}

export function churnOf(versions: readonly StoredSchedule[]): Churn {
  const all = versions.map((version, i) => churnBetween(versions[i - 1] ?? { lines: [] }, version));
  const sum = (key: keyof Churn) => all.reduce((total, one) => total + one[key], 0);
  return { kept: sum('kept'), pushed: sum('pushed'), moved: sum('moved') };
}

function churnBetween(before: Pick<StoredSchedule, 'lines'>, after: StoredSchedule): Churn {
  const fromMs = parseIso(after.created) + LATER_MS;
  const startsMs = new Map(slotsOf(before).map(({ sequenceId, startMs }) => [sequenceId, startMs]));
  const pairs = slotsOf(after).flatMap(({ sequenceId, startMs }) => {
    const beforeMs = startsMs.get(sequenceId);
    return beforeMs === undefined || beforeMs < fromMs ? [] : [{ beforeMs, startMs }];
  });
  const kept = pairs.filter(({ beforeMs, startMs }) => Math.abs(startMs - beforeMs) <= MOVED_MS);
  const moved = pairs.length - longestRise(pairs.map(({ beforeMs }) => beforeMs));
  return { kept: kept.length, pushed: Math.max(0, pairs.length - kept.length - moved), moved };
}

/** How many numbers can stay where they are when the others are taken out to leave a rising row. */
function longestRise(numbers: readonly number[]): number {
  const lengths: number[] = [];
  numbers.forEach((number, i) => {
    const before = lengths.filter((_, k) => (numbers[k] ?? 0) < number && k < i);
    lengths.push(1 + Math.max(0, ...before));
  });
  return Math.max(0, ...lengths);
}
