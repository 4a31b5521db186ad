import { z } from 'zod';
import { minutes, openSky, sequence } from '../plan-builders.ts';
import type { PlanInput, PlanSequence, PreviousPlan, Schedule } from '../schedule.ts';

/**
 * For tests: the scheduler cases of the guide (13.6), written as its fixtures are, in plain numbers
 * without a sky. One of its units is a minute here.
 */
export const unitMs = minutes(1);

const guideSequence = z.strictObject({
  id: z.int(),
  jd1: z.number(),
  jd2: z.number(),
  /** Small = urgent. */
  priority: z.number().default(1),
  duration: z.number(),
  /** Wished middle of the observation; -1: as soon as possible. */
  t_prefered: z.number().default(-1),
  status: z.enum(['TOBEPLANNED', 'PLANNED']).default('TOBEPLANNED'),
  /** Where the plan before had it, when it is PLANNED. */
  tsp: z.number().optional(),
});

const night = {
  title: z.string(),
  why: z.string(),
  plan_start: z.number(),
  plan_end: z.number(),
  /** Before each observation, inside its window. */
  max_overhead: z.number().default(0),
};

/** One planning from scratch. */
export const guideCase = z.strictObject({
  /** The name of the test in the guide or in the programs before it. */
  test: z.string(),
  ...night,
  sequences: z.array(guideSequence),
});

/** Plannings one after another. */
export const replanningCase = z.strictObject({
  ...night,
  steps: z.array(
    z.strictObject({
      now: z.number(),
      add: z.array(guideSequence).default([]),
      /** Over, or withdrawn: no longer to be planned. */
      gone: z.array(z.int()).default([]),
      /** What the telescope does, and until when. */
      running: z.strictObject({ id: z.int(), tsp: z.number(), tep: z.number() }).optional(),
    }),
  ),
});

const guideSchedule = z.strictObject({
  planned: z.record(
    z.string(),
    z.strictObject({
      tsp: z.number(),
      tep: z.number(),
      deltaTL: z.number(),
      deltaTR: z.number(),
    }),
  ),
  unplanned: z.record(z.string(), z.string()),
});

/** What a case must give: a schedule, or any of several that are worth the same. */
export const guideAnswer = z.union([
  guideSchedule.transform((one) => [one]),
  z.strictObject({ any_of: z.array(guideSchedule).min(2) }).transform(({ any_of }) => any_of),
]);

/** What plannings one after another must give, one schedule for each step. */
export const guideSteps = z.strictObject({ steps: z.array(guideSchedule) });

export type GuideSequence = z.infer<typeof guideSequence>;
export type GuideCase = z.infer<typeof guideCase>;
export type ReplanningCase = z.infer<typeof replanningCase>;
export type GuideSchedule = z.infer<typeof guideSchedule>;

type Night = Pick<GuideCase, 'plan_start' | 'plan_end' | 'max_overhead'>;

/** A sequence of the guide as the planner takes it; it has no target, so any sky will do. */
export function asPlanned(guide: GuideSequence, overhead: number): PlanSequence {
  const { id, jd1, jd2, priority, duration, t_prefered: wish } = guide;
  const [durationSeconds, setupSeconds] = [duration * 60, overhead * 60];
  return sequence(id, {
    target: null,
    windowStartMs: minutes(jd1),
    windowEndMs: minutes(jd2),
    priority,
    durationSeconds,
    setupSeconds,
    chargeSeconds: durationSeconds + setupSeconds,
    tPreferedMs: wish === -1 ? null : minutes(wish),
    accounts: [],
  });
}

/** Input of the planner for some sequences of the guide. */
export function inputFor(
  { plan_start, plan_end, max_overhead }: Night,
  sequences: readonly GuideSequence[],
  changes: Partial<PlanInput> = {},
): PlanInput {
  const planned = sequences.map((each) => asPlanned(each, max_overhead));
  return openSky(planned, plan_end, {
    night: { scienceStartMs: minutes(plan_start), scienceEndMs: minutes(plan_end) },
    nowMs: minutes(plan_start),
    ...changes,
  });
}

/** The plan before, as the status of the sequences tells it. */
export function previousIn(sequences: readonly GuideSequence[]): { previous?: PreviousPlan } {
  const starts = sequences.flatMap(({ id, status, tsp }) =>
    status === 'PLANNED' && tsp !== undefined ? [[id, minutes(tsp)] as const] : [],
  );
  return starts.length === 0 ? {} : { previous: { startMs: new Map(starts) } };
}

/** A schedule in the words and units of the guide. */
export function inGuideUnits({ entries, unplanned }: Schedule): GuideSchedule {
  const units = (seconds: number): number => seconds / 60;
  const slots = entries.map((entry) => {
    const [tsp, tep] = [entry.startMs / unitMs, entry.endMs / unitMs];
    const [deltaTL, deltaTR] = [units(entry.slackLeftSeconds), units(entry.slackRightSeconds)];
    return [String(entry.sequenceId), { tsp, tep, deltaTL, deltaTR }] as const;
  });
  return {
    planned: Object.fromEntries(slots),
    unplanned: Object.fromEntries(unplanned.map((each) => [String(each.sequenceId), each.code])),
  };
}
