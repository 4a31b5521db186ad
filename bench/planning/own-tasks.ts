import type { Instance, InstanceSequence } from '#planning';
import { generated } from './generator.ts';
import { angleBetween } from './judge-sky.ts';
import { pathBound } from './path-bound.ts';
import {
  type Family,
  type JudgedPlan,
  nameOf,
  type Task,
  type Tasks,
  type Verdict,
} from './task.ts';
import { worthGrid } from './worth-grid.ts';

const DAY_SECONDS = 86_400;
const STEP_SECONDS = 10;
/** Between two reckonings of a slew or of a rise, seconds. */
const TOLERANCE_SECONDS = 5;
/** For a planner that works on a grid of one minute. */
const COARSE_TOLERANCE_SECONDS = 60;

/** Instances of our own generator, judged by our own judge, which shares nothing with the planner. */
export class OwnTasks implements Tasks {
  readonly judgeName = 'our own';
  readonly #bounds = new Map<string, number>();

  task(family: Family, seed: number): Task {
    return { name: nameOf(family, seed), family, seed, instance: generated(family, seed) };
  }

  judge(task: Task, plan: JudgedPlan): Verdict {
    const known = this.#bounds.get(task.name);
    const upperBound = known ?? pathBound(task.instance);
    this.#bounds.set(task.name, upperBound);
    const tolerance = plan.by === 'pyros' ? TOLERANCE_SECONDS : COARSE_TOLERANCE_SECONDS;
    return { ...judged(task.instance, plan.plan, tolerance), upperBound };
  }
}

interface Observation {
  readonly sequence: InstanceSequence;
  /** From the start of the night to the start and the end of the block, seconds. */
  readonly start: number;
  readonly end: number;
}

/**
 * Counts and values a plan. Visibility and windows may be missed by the tolerance, seconds, rounded up
 * to whole steps of the judge.
 */
export function judged(
  instance: Instance,
  plan: JudgedPlan['plan'],
  tolerance: number,
): Omit<Verdict, 'upperBound'> {
  const observations = observationsOf(instance, plan);
  const worthOf = worthAt(instance, observations, tolerance);
  const left = new Map(instance.programs.map(({ id, quotaMin }) => [id, quotaMin]));
  const seen = new Set<number>();
  let previous: Observation | undefined;
  const verdict = { value: 0, invalid: plan.length - observations.length, overQuota: 0 };
  observations.forEach((observation, i) => {
    const { sequence } = observation;
    const worth = worthOf(i);
    const overlaps = previous && observation.start < earliestAfter(previous, sequence, instance);
    if (worth === 0 || overlaps || seen.has(sequence.id)) verdict.invalid++;
    else if (!pays(left, sequence)) verdict.overQuota++;
    else verdict.value += worth;
    seen.add(sequence.id);
    previous = observation;
  });
  return verdict;
}

/** In the order of time; what names no sequence is left out. */
function observationsOf(instance: Instance, plan: JudgedPlan['plan']): Observation[] {
  const byId = new Map(instance.sequences.map((sequence) => [sequence.id, sequence]));
  return plan
    .flatMap(({ id, jd }) => {
      const sequence = byId.get(id);
      if (!sequence) return [];
      const start = (jd - instance.night[0]) * DAY_SECONDS;
      return [{ sequence, start, end: start + instance.setupSec + sequence.durMin * 60 }];
    })
    .sort((a, b) => a.start - b.start);
}

/** The worth of the allowed start that is nearest within the tolerance; 0 without any. */
function worthAt(
  instance: Instance,
  observations: readonly Observation[],
  tolerance: number,
): (index: number) => number {
  const sequences = observations.map(({ sequence }) => sequence);
  const { steps, worth } = worthGrid(instance, sequences, STEP_SECONDS);
  const reach = Math.ceil(tolerance / STEP_SECONDS);
  return (index) => {
    const at = Math.round((observations[index]?.start ?? 0) / STEP_SECONDS);
    for (let away = 0; away <= reach; away++) {
      for (const step of [at - away, at + away]) {
        const value = step >= 0 && step < steps ? (worth[index * steps + step] as number) : 0;
        if (value > 0) return value;
      }
    }
    return 0;
  };
}

function earliestAfter(
  { sequence, end }: Observation,
  next: InstanceSequence,
  { slewDegPerSec }: Instance,
): number {
  return end + angleBetween(sequence, next) / slewDegPerSec - TOLERANCE_SECONDS;
}

/** Draws the minutes of an observation from its quota, if there are so many. */
function pays(left: Map<number, number>, { program, durMin }: InstanceSequence): boolean {
  if (program === undefined) return true;
  const minutes = left.get(program) ?? 0;
  if (durMin > minutes + 1e-6) return false;
  left.set(program, minutes - durMin);
  return true;
}
