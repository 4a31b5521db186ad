import { describe, expect, it } from 'vitest';
import { minutes } from '../plan-builders.ts';
import { plan } from '../planner.ts';
import type { PlanInput, RunningSequence, Schedule } from '../schedule.ts';
import {
  asPlanned,
  type GuideSequence,
  inGuideUnits,
  inputFor,
  type ReplanningCase,
} from './guide-case.ts';
import { type ReplanningAndAnswers, replanningsAndAnswers } from './guide-file.ts';
import { bestRivalWorth, bestWorth, worthOf } from './rival-plans.ts';

interface Replanned {
  readonly input: PlanInput;
  readonly schedule: Schedule;
}

type Step = ReplanningCase['steps'][number];

/** Plans step after step, each with the plan before it. */
function replan(asked: ReplanningCase): Replanned[] {
  const known = new Map<number, GuideSequence>();
  const waiting = new Set<number>();
  const plans: Replanned[] = [];
  for (const step of asked.steps) {
    for (const each of step.add) known.set(each.id, each);
    for (const { id } of step.add) waiting.add(id);
    for (const id of step.gone) waiting.delete(id);
    const sequences = [...known.values()].filter(({ id }) => waiting.has(id));
    const before = plans.at(-1)?.schedule;
    const input = inputFor(asked, sequences, {
      nowMs: minutes(step.now),
      running: runningIn(step, known, asked.max_overhead),
      ...(before === undefined ? {} : { previous: { startMs: startsOf(before) } }),
    });
    plans.push({ input, schedule: plan(input) });
  }
  return plans;
}

function runningIn(
  { running }: Step,
  known: ReadonlyMap<number, GuideSequence>,
  overhead: number,
): RunningSequence | null {
  const guide = running && known.get(running.id);
  if (guide === undefined) return null;
  const [startMs, endMs] = [minutes(running?.tsp ?? 0), minutes(running?.tep ?? 0)];
  return { sequence: asPlanned(guide, overhead), startMs, endMs };
}

function startsOf({ entries }: Schedule): Map<number, number> {
  return new Map(entries.map(({ sequenceId, startMs }) => [sequenceId, startMs]));
}

function runningIdOf({ schedule }: Replanned): number[] {
  return schedule.entries.filter((each) => each.isRunning).map((each) => each.sequenceId);
}

const replannings: readonly ReplanningAndAnswers[] = replanningsAndAnswers();

describe('planning again and again', () => {
  for (const { asked, answers } of replannings) {
    it(asked.title, () => {
      const schedules = replan(asked).map(({ schedule }) => inGuideUnits(schedule));
      expect(schedules).toEqual(answers);
    });
  }

  it('marks what runs, and only that, as running', () => {
    for (const { asked } of replannings) {
      const ids = replan(asked).map(runningIdOf);
      expect(ids).toEqual(asked.steps.map(({ running }) => (running ? [running.id] : [])));
    }
  });

  it('changes nothing when nothing has changed', () => {
    for (const { asked } of replannings) {
      for (const { input, schedule } of replan(asked)) {
        const again = plan({ ...input, previous: { startMs: startsOf(schedule) } });
        expect(again.entries).toEqual(schedule.entries);
        expect(again.unplanned).toEqual(schedule.unplanned);
      }
    }
  });
});

describe('the expected schedules of planning again', () => {
  for (const { name, asked, answers } of replannings) {
    it(`for ${name} are the best of all plans, and no other is as good`, () => {
      for (const [i, { input }] of replan(asked).entries()) {
        const best = bestWorth(input);
        const meant = answers.slice(i, i + 1);
        for (const answer of meant) expect(worthOf(input, answer)).toBeCloseTo(best, 9);
        expect(bestRivalWorth(input, meant)).toBeLessThan(best - 1e-6);
      }
    });
  }
});
