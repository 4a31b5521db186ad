import { durationMsOf, leastMsOf, nightOf, setupMsOf } from './constraints/limits.ts';
import { night } from './constraints/night.ts';
import { seeingRefusal } from './constraints/seeing.ts';
import { type Interval, intersect, longestMs, startsWithin } from './interval.ts';
import { meritFor } from './merits/index.ts';
import type { Merit } from './merits/merit.ts';
import type { Explanation, PlanInput, PlanSequence, UnplannedSequence } from './schedule.ts';
import { sorted } from './validity.ts';
import { JobMemory } from './visibility/job-memory.ts';
import { roomFor, type Sight } from './visibility/sight.ts';
import type { Direction } from './visibility/target-path.ts';
import { clockTime } from './wording.ts';

export { JobMemory } from './visibility/job-memory.ts';

/** A sequence that the sky allows, ready to be placed. Times are UTC milliseconds, integers. */
export interface Job {
  readonly sequence: PlanSequence;
  /** On the target before the observation. */
  readonly setupMs: number;
  /** Of the observation; shorter than asked when `isShortened`. */
  readonly durationMs: number;
  /** Setup and observation. */
  readonly blockMs: number;
  readonly isShortened: boolean;
  /** Where its block may lie from now on: in its window, in the dark, all constraints kept. */
  readonly visible: readonly Interval[];
  /** When its block may start; at least one. */
  readonly starts: readonly Interval[];
  /** What a start of its block is worth. */
  readonly merit: Merit;
  /** Its target in the middle of the night, on ICRS axes: for the slews. Null without a target. */
  readonly direction: Direction | null;
}

/** The sequences that the sky allows, and why it does not allow the others. */
export interface Candidates {
  readonly jobs: readonly Job[];
  readonly unplanned: readonly UnplannedSequence[];
}

/**
 * Asks the sky about every sequence. With a memory of the same night only what is new is computed;
 * the answer is the same without.
 */
export function candidatesOf(input: PlanInput, memory: JobMemory = new JobMemory()): Candidates {
  const { valid, invalid } = sorted(input.sequences);
  const jobs: Job[] = [];
  const unplanned: UnplannedSequence[] = [...invalid];
  memory.sightsOf(input, valid).forEach((sight, i) => {
    // The remembered sequence may have had another priority or other accounts.
    const sequence = valid[i] ?? sight.subject.sequence;
    const answer = answerOf(sequence, sight, input);
    if ('code' in answer) unplanned.push({ sequenceId: sequence.id, ...answer });
    else jobs.push(answer);
  });
  return { jobs, unplanned };
}

function answerOf(sequence: PlanSequence, sight: Sight, input: PlanInput): Job | Explanation {
  const rest: Interval = { startMs: Math.ceil(input.nowMs), endMs: Number.POSITIVE_INFINITY };
  return (
    nightRefusal(sight, rest) ??
    sight.refusal ??
    seeingRefusal(sequence, input.conditions) ??
    wholeJob(sequence, sight, rest) ??
    shortenedJob(sequence, sight, rest) ??
    lateRefusal(sight, rest)
  );
}

/** Why the rest of the night is too short, whatever the target. */
function nightRefusal({ subject }: Sight, rest: Interval): Explanation | undefined {
  const left = longestMs(intersect([nightOf(subject)], [rest]));
  if (left > 0 && left >= leastMsOf(subject.sequence)) return undefined;
  return { code: night.code, ...night.explain({ subject, within: [rest], room: () => [] }) };
}

function wholeJob(sequence: PlanSequence, sight: Sight, rest: Interval): Job | undefined {
  if (sight.merit === null) return undefined;
  const isAhead = (sight.visible[0]?.startMs ?? 0) >= rest.startMs;
  const visible = isAhead ? sight.visible : intersect(sight.visible, [rest]);
  const starts = isAhead ? sight.starts : intersect(sight.starts, [rest]);
  if (starts.length === 0) return undefined;
  const setupMs = setupMsOf(sequence);
  const durationMs = durationMsOf(sequence);
  const blockMs = setupMs + durationMs;
  const { merit, direction } = sight;
  const isShortened = false;
  return { sequence, setupMs, durationMs, blockMs, isShortened, visible, starts, merit, direction };
}

/** The longest part that is still possible, where that is of use. */
function shortenedJob(sequence: PlanSequence, sight: Sight, rest: Interval): Job | undefined {
  const { subject, direction } = sight;
  const visible = intersect(sight.visible, [rest]);
  const blockMs = longestMs(visible);
  if (blockMs < leastMsOf(sequence)) return undefined;
  const setupMs = setupMsOf(sequence);
  const durationMs = blockMs - setupMs;
  const starts = startsWithin(visible, blockMs);
  const inWholeNight = startsWithin(sight.visible, blockMs);
  const merit = meritFor(sequence)({ subject, setupMs, durationMs, starts: inWholeNight });
  const isShortened = true;
  return { sequence, setupMs, durationMs, blockMs, isShortened, visible, starts, merit, direction };
}

/** Why nothing is left of what the night offered. */
function lateRefusal({ subject, visible }: Sight, rest: Interval): Explanation {
  const { closed } = roomFor(subject, [rest]);
  const last = (visible.at(-1)?.endMs ?? rest.startMs) - leastMsOf(subject.sequence);
  return {
    code: closed?.by.code ?? 'WINDOW',
    sentence: `it is too late: it could start until ${clockTime(last)}, and it is ${clockTime(rest.startMs)}`,
    remedy: 'Wait for the next night.',
  };
}

/** The more urgent first; of equals, the one that can wait least; then by id, to be definite. */
export function byUrgency(a: Job, b: Job): number {
  const last = (job: Job): number => job.starts.at(-1)?.endMs ?? 0;
  return (
    a.sequence.priority - b.sequence.priority || last(a) - last(b) || a.sequence.id - b.sequence.id
  );
}

/** What the planned length of a job costs each of its accounts, seconds. */
export function chargeOf({ sequence, durationMs }: Job): number {
  return Math.max(0, sequence.chargeSeconds - sequence.durationSeconds + durationMs / 1000);
}
