import { checkTarget, type SkyTarget } from '#sky';
import { durationMsOf, leastMsOf, setupMsOf } from './constraints/limits.ts';
import type { Explanation, PlanSequence, SequenceLimits, UnplannedSequence } from './schedule.ts';
import { dateTime, secondsText } from './wording.ts';

/** What is wrong with a sequence, and how to put it right. */
type Fault = Omit<Explanation, 'code'>;

/** What is shorter has no milliseconds. */
const SHORTEST_SECONDS = 0.001;
/** 100 days: what is longer is a slip, and would overflow. */
const LONGEST_SECONDS = 8_640_000;
/** Of priorities below 0, as a weight would have it: larger ones could not be added up. */
const MOST_URGENT = 1e7;

/** Parts the sequences that can be planned from those that nobody could. */
export function sorted(sequences: readonly PlanSequence[]): {
  readonly valid: readonly PlanSequence[];
  readonly invalid: readonly UnplannedSequence[];
} {
  const times = new Map<number, number>();
  for (const { id } of sequences) times.set(id, (times.get(id) ?? 0) + 1);
  const valid: PlanSequence[] = [];
  const invalid: UnplannedSequence[] = [];
  for (const sequence of sequences) {
    const fault = idFault(sequence, times.get(sequence.id) ?? 0) ?? faultOf(sequence);
    if (fault === undefined) valid.push(sequence);
    else invalid.push({ sequenceId: sequence.id, code: 'INVALID', ...fault });
  }
  return { valid, invalid };
}

function idFault({ id }: PlanSequence, times: number): Fault | undefined {
  if (times < 2) return undefined;
  return {
    sentence: `${times} sequences have the id ${id}`,
    remedy: 'Give each sequence an id of its own.',
  };
}

function faultOf(sequence: PlanSequence): Fault | undefined {
  return (
    lengthFault(sequence) ??
    numberFault(sequence) ??
    windowFault(sequence) ??
    targetFault(sequence.target) ??
    limitsFault(sequence.limits)
  );
}

function numberFault(sequence: PlanSequence): Fault | undefined {
  const { priority, chargeSeconds, tPreferedMs } = sequence;
  if (!(Math.abs(priority) <= MOST_URGENT)) {
    return {
      sentence: `its priority is ${numberText(priority, '')}`,
      remedy: 'Give a priority from 1 to 100.',
    };
  }
  if (!(chargeSeconds >= 0 && chargeSeconds <= 2 * LONGEST_SECONDS)) {
    return {
      sentence: 'what it costs its quotas is not a number of seconds',
      remedy: 'Check the durations of its albums and plans.',
    };
  }
  if (tPreferedMs !== null && !isInstant(tPreferedMs)) {
    return {
      sentence: 'its wished time (t_prefered) is not a date',
      remedy: 'Give a Julian date, or none.',
    };
  }
  return undefined;
}

function lengthFault({
  durationSeconds,
  setupSeconds,
  minUsefulSeconds,
}: PlanSequence): Fault | undefined {
  if (!(durationSeconds >= SHORTEST_SECONDS && durationSeconds <= LONGEST_SECONDS)) {
    return {
      sentence: `its duration is ${numberText(durationSeconds, ' s')}`,
      remedy:
        'Ask for one image or more, with an exposure above 0 s, and for less than 100 days in all.',
    };
  }
  if (!(setupSeconds >= 0 && setupSeconds <= LONGEST_SECONDS)) {
    return {
      sentence: `its setup takes ${numberText(setupSeconds, ' s')}`,
      remedy: 'Give a setup of 0 s or more, and less than 100 days.',
    };
  }
  if (minUsefulSeconds !== undefined && !(minUsefulSeconds >= SHORTEST_SECONDS)) {
    return {
      sentence: `its least useful part is ${numberText(minUsefulSeconds, ' s')}`,
      remedy: 'Give a part of 0.001 s or more, or none.',
    };
  }
  return undefined;
}

function windowFault(sequence: PlanSequence): Fault | undefined {
  const { windowStartMs, windowEndMs } = sequence;
  if (!isInstant(windowStartMs) || !isInstant(windowEndMs)) {
    return {
      sentence: 'its window (jd1, jd2) is not made of dates',
      remedy: 'Give two Julian dates.',
    };
  }
  if (windowEndMs <= windowStartMs) {
    return {
      sentence: `its window ends at ${dateTime(windowEndMs)}, not after its start at ${dateTime(windowStartMs)}`,
      remedy: 'Give jd1 before jd2.',
    };
  }
  const lack = leastMsOf(sequence) - (windowEndMs - windowStartMs);
  if (lack <= 0) return undefined;
  const wholeMs = setupMsOf(sequence) + durationMsOf(sequence);
  return {
    sentence: `it takes ${secondsText(wholeMs / 1000)} and its window lasts ${secondsText((windowEndMs - windowStartMs) / 1000)}`,
    remedy: `Widen its window by ${secondsText(lack / 1000)}, or ask for fewer images.`,
  };
}

function targetFault(target: SkyTarget | null): Fault | undefined {
  const wrong = target === null ? null : checkTarget(target);
  if (wrong === null) return undefined;
  return {
    sentence: `its target cannot be followed: ${wrong.replace(/\.$/, '')}`,
    remedy: 'Correct its target.',
  };
}

/** The names of the limits for people, and what they may be. */
type Limit = Exclude<keyof SequenceLimits, 'moonDistanceAlways'>;
const ranges: Readonly<Record<Limit, readonly [string, number, number]>> = {
  minAltDeg: ['minAlt', -90, 90],
  moonDistanceDeg: ['moonDistance', 0, 180],
  sunDistanceDeg: ['sunDistance', 0, 180],
  skyBrightness: ['skyBrightness', 0, 30],
  maxSeeingArcsec: ['maxSeeing', 0, 100],
};

function limitsFault(limits: SequenceLimits = {}): Fault | undefined {
  for (const key of Object.keys(ranges) as Limit[]) {
    const value = limits[key];
    const [name, least, most] = ranges[key];
    if (value === undefined || (value >= least && value <= most)) continue;
    return {
      sentence: `its limit ${name} is ${numberText(value, '')}`,
      remedy: `Give a ${name} from ${least} to ${most}, or none.`,
    };
  }
  return undefined;
}

/** Within what a date can hold. */
function isInstant(ms: number): boolean {
  return Math.abs(ms) <= 8.64e15;
}

function numberText(value: number, unit: string): string {
  return Number.isFinite(value) ? `${value}${unit}` : 'not a number';
}
