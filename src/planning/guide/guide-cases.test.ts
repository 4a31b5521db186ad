import { describe, expect, it } from 'vitest';
import { plan } from '../planner.ts';
import type { PlanInput, Schedule } from '../schedule.ts';
import { type GuideSchedule, inGuideUnits, inputFor, previousIn } from './guide-case.ts';
import { type CaseAndAnswer, casesAndAnswers } from './guide-file.ts';
import { bestRivalWorth, bestWorth, worthOf } from './rival-plans.ts';

const cases = casesAndAnswers();

/** Those that the guide names (13.6.3, 14.5.6), and those of the programs before it. */
const named = [
  'test_basic_1',
  'test_basic_2',
  'TEST_3_SEQ_MOVE_BOTH',
  'TEST_3_SEQ_MOVE_LEFT',
  'TEST_3_SEQ_MOVE_RIGHT',
  'TEST_3_SEQ_PRIORITY',
  'TEST_3_SEQ_PRIORITY_OVERLAP',
  'TEST_DURATION',
  'EMPTY_PLANNING',
  'INSERT_IN_EMPTY_PLANNING',
  'INSERT_IN_NON_EMPTY_PLANNING',
  'TSP_TEP_VALUES',
  'INITIAL_SORT_2',
  'INITIAL_SORT_N',
  'IMMEDIATE_2',
  'IMMEDIATE_N',
];

function inputOf({ asked }: CaseAndAnswer): PlanInput {
  return inputFor(asked, asked.sequences, previousIn(asked.sequences));
}

function expectAnswer(schedule: Schedule, answers: readonly GuideSchedule[]): void {
  const given = inGuideUnits(schedule);
  const meant = answers.find((each) => startsText(each) === startsText(given)) ?? answers[0];
  expect(given).toEqual(meant);
}

function startsText({ planned }: GuideSchedule): string {
  return JSON.stringify(Object.entries(planned).map(([id, { tsp }]) => [id, tsp]));
}

describe('the cases of the guide', () => {
  it('are all there', () => {
    expect(cases.map(({ asked }) => asked.test)).toEqual(expect.arrayContaining(named));
  });

  for (const each of cases) {
    it(`${each.asked.test} ${each.asked.title}`, () => {
      expectAnswer(plan(inputOf(each)), each.answers);
    });
  }

  it('give schedules in which TSP and TEP increase and no sequence ends after the next begins', () => {
    for (const each of cases) {
      const { entries } = plan(inputOf(each));
      for (const [i, { startMs, endMs }] of entries.entries()) {
        expect(endMs).toBeGreaterThan(startMs);
        expect(entries[i + 1]?.startMs ?? endMs).toBeGreaterThanOrEqual(endMs);
      }
    }
  });

  it('give schedules with the value of their answer, not above their bound', () => {
    for (const each of cases) {
      const input = inputOf(each);
      const { value, bound, gap } = plan(input);
      expect(value, each.name).toBeCloseTo(worthOf(input, each.answers[0] ?? nothing), 6);
      expect(bound, each.name).toBeGreaterThanOrEqual(value * (1 - 1e-9));
      expect(gap, each.name).toBeCloseTo(bound > 0 ? (bound - value) / bound : 0, 9);
    }
  });
});

const nothing: GuideSchedule = { planned: {}, unplanned: {} };

describe('a shift', () => {
  it.each(['left', 'right', 'both'])('(%s) leaves the third between the other two', (side) => {
    const each = cases.find(({ name }) => name === `3-seq-move-${side}.json`);
    const { entries } = plan(inputOf(each ?? missing(side)));
    expect(entries.map((entry) => entry.sequenceId)).toEqual([1, 3, 2]);
  });
});

describe('the duration of a planning', () => {
  it('is printed, and ten tries give the same schedule', () => {
    const each = cases.find(({ name }) => name === 'duration.json') ?? missing('duration');
    const began = performance.now();
    const schedules = Array.from({ length: 10 }, () => plan(inputOf(each)));
    const seconds = (performance.now() - began) / 10_000;
    process.stdout.write(`Duration : ${seconds.toFixed(4)}\n`);
    for (const schedule of schedules) expect(schedule).toEqual(schedules[0]);
    expectAnswer(schedules[0] ?? missing('schedule'), each.answers);
  });
});

function missing(what: string): never {
  throw new Error(`no ${what} among the cases`);
}

describe('the expected schedules', () => {
  for (const each of cases) {
    it(`for ${each.name} are the best of all plans, and no other is as good`, () => {
      const input = inputOf(each);
      const best = bestWorth(input);
      for (const answer of each.answers) expect(worthOf(input, answer)).toBeCloseTo(best, 9);
      if (input.previous === undefined)
        expect(bestRivalWorth(input, each.answers)).toBeLessThan(best - 1e-6);
    });
  }

  it('have one slot or one reason for each sequence', () => {
    for (const { asked, answers } of cases) {
      const ids = asked.sequences.map(({ id }) => String(id)).sort();
      for (const { planned, unplanned } of answers) {
        expect([...Object.keys(planned), ...Object.keys(unplanned)].sort()).toEqual(ids);
      }
    }
  });
});
