import { julianDate } from '#sky';
import type { Schedule } from '../schedule.ts';
import type { Instance } from './instance.ts';

/** A plan of an instance as a file: what a judge needs, then what the planner says of it. */
export interface InstancePlan {
  /** The name of the instance. */
  readonly inst: string;
  /** Who planned. */
  readonly by: string;
  /** How long it took, seconds. */
  readonly sec: number;
  /** By time; `jd` (UTC) is the start of the setup on the target, after the slew. */
  readonly plan: readonly { readonly id: number; readonly jd: number }[];
  readonly value: number;
  /** No plan of the instance is worth more. */
  readonly bound: number;
  /** (bound − value) / bound. */
  readonly gap: number;
  readonly unplanned: readonly {
    readonly id: number;
    readonly code: string;
    readonly sentence: string;
    readonly remedy: string;
  }[];
}

/** Writes a schedule in the format of plan files. */
export function instancePlanOf(
  schedule: Schedule,
  about: {
    readonly name: string;
    readonly instance: Pick<Instance, 'setupSec'>;
    readonly seconds: number;
  },
): InstancePlan {
  const { value, bound, gap } = schedule;
  return {
    inst: about.name,
    by: 'pyros',
    sec: about.seconds,
    plan: schedule.entries.map(({ sequenceId, startMs }) => ({
      id: sequenceId,
      jd: julianDate(startMs - about.instance.setupSec * 1000),
    })),
    value,
    bound,
    gap,
    unplanned: schedule.unplanned.map(({ sequenceId, code, sentence, remedy }) => {
      return { id: sequenceId, code, sentence, remedy };
    }),
  };
}
