import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { altAz, placeOf, separationDeg } from '#sky';
import { anyNight, dark } from '#testing';
import { firstEffort } from './effort.ts';
import { JobMemory } from './job.ts';
import { plan } from './planner.ts';
import type { PlanInput, PlanSequence, Schedule, ScheduleEntry } from './schedule.ts';
import { slewSecondsBetween } from './transition.ts';

function always(check: (input: PlanInput, schedule: Schedule) => void, numRuns = 20): void {
  fc.assert(
    fc.property(anyNight, (input) => check(input, plan(input))),
    { numRuns, endOnFailure: true },
  );
}

function sequenceOf({ sequences, running }: PlanInput, id: number): PlanSequence {
  const found = sequences.find((each) => each.id === id) ?? running?.sequence;
  if (found?.id !== id) throw new Error(`no sequence ${id}`);
  return found;
}

/** Start of the block: of the setup. */
function blockStartMs(input: PlanInput, { sequenceId, startMs }: ScheduleEntry): number {
  return startMs - sequenceOf(input, sequenceId).setupSeconds * 1000;
}

/** The entries that the planner placed. */
function placed({ entries }: Schedule): readonly ScheduleEntry[] {
  return entries.filter(({ isRunning }) => !isRunning);
}

function slewMsBetween(input: PlanInput, from: number | undefined, to: number): number {
  const { transition, constraints, pointing, running } = input;
  const { site } = constraints;
  const placeOn = (id: number) => {
    const { target } = sequenceOf(input, id);
    return target === null ? undefined : placeOf(target, site, dark.startMs);
  };
  const before = running?.sequence.target ?? pointing;
  const a = from === undefined ? before && placeOf(before, site, dark.startMs) : placeOn(from);
  const b = placeOn(to);
  if (transition === undefined || a === undefined || b === undefined) return 0;
  return 1000 * slewSecondsBetween(separationDeg(a, b), transition);
}

function idsOf({ entries, unplanned }: Schedule): number[] {
  return [...entries, ...unplanned].map((each) => each.sequenceId).sort((a, b) => a - b);
}

describe('any plan', () => {
  it('has exactly one entry or one reason for each sequence', () => {
    always((input, schedule) => {
      const asked = input.sequences.map((each) => each.id);
      const runs = schedule.entries.find(({ isRunning }) => isRunning)?.sequenceId;
      const ids = runs === undefined || asked.includes(runs) ? asked : [...asked, runs];
      expect(idsOf(schedule)).toEqual(ids.sort((a, b) => a - b));
    });
  });

  it('never overlaps, and leaves time for every slew before the block', () => {
    always((input, schedule) => {
      let freeMs = input.nowMs;
      let before: number | undefined;
      for (const entry of schedule.entries) {
        if (!entry.isRunning) {
          const slewMs = slewMsBetween(input, before, entry.sequenceId);
          expect(blockStartMs(input, entry)).toBeGreaterThanOrEqual(freeMs + slewMs - 1);
          const setupSeconds = sequenceOf(input, entry.sequenceId).setupSeconds;
          expect(Math.abs(entry.overheadSeconds - setupSeconds - slewMs / 1000)).toBeLessThan(0.01);
        }
        freeMs = entry.endMs;
        before = entry.sequenceId;
      }
    });
  });

  it('keeps setup and observation in the window, and in the part of the night that suits', () => {
    always((input, schedule) => {
      for (const entry of placed(schedule)) {
        const asked = sequenceOf(input, entry.sequenceId);
        const [from, until] =
          asked.inTwilight === true ? [dark.openMs, dark.closeMs] : [dark.startMs, dark.endMs];
        expect(blockStartMs(input, entry)).toBeGreaterThanOrEqual(
          Math.max(input.nowMs, from, asked.windowStartMs),
        );
        expect(entry.endMs).toBeLessThanOrEqual(Math.min(until, asked.windowEndMs));
      }
    });
  });

  it('observes each sequence whole, or at least its useful part and says so', () => {
    always((input, schedule) => {
      for (const { sequenceId, startMs, endMs, isShortened } of placed(schedule)) {
        const { durationSeconds, minUsefulSeconds } = sequenceOf(input, sequenceId);
        const seconds = (endMs - startMs) / 1000;
        if (!isShortened) expect(seconds).toBe(durationSeconds);
        else {
          expect(seconds).toBeLessThan(durationSeconds);
          expect(seconds).toBeGreaterThanOrEqual(minUsefulSeconds ?? durationSeconds);
        }
      }
    });
  });

  it('observes no target below the least elevation, from its setup to its end', () => {
    always((input, schedule) => {
      const { site, minAltDeg } = input.constraints;
      for (const entry of placed(schedule)) {
        const { target, limits } = sequenceOf(input, entry.sequenceId);
        if (target === null) continue;
        const fromMs = blockStartMs(input, entry);
        for (const ms of [fromMs, (fromMs + entry.endMs) / 2, entry.endMs]) {
          const { altDeg } = altAz(placeOf(target, site, ms), site, ms);
          expect(altDeg).toBeGreaterThan((limits?.minAltDeg ?? minAltDeg) - 0.05);
        }
      }
    });
  });

  it('exceeds the quota of no account', () => {
    always((input, schedule) => {
      for (const [account, { quotaSeconds, chargedSeconds }] of input.quotas) {
        const spent = placed(schedule)
          .map((entry) => ({ entry, asked: sequenceOf(input, entry.sequenceId) }))
          .filter(({ asked }) => asked.accounts.includes(account))
          .reduce(
            (sum, { entry, asked }) =>
              sum + asked.setupSeconds + (entry.endMs - entry.startMs) / 1000,
            0,
          );
        expect(spent).toBeLessThanOrEqual(Math.max(0, quotaSeconds - chargedSeconds) + 1e-6);
      }
    });
  });

  it('is worth no more than its bound, and the gap says by how much less', () => {
    always((_, { value, bound, gap }) => {
      expect(value).toBeLessThanOrEqual(bound);
      expect(gap).toBeCloseTo(bound > 0 ? 1 - value / bound : 0, 9);
      expect(gap).toBeGreaterThanOrEqual(0);
    });
  });

  it('has a bound that holds for the plans of other seeds and efforts too', () => {
    always((input, { bound }) => {
      const others = [
        { ...input, effort: firstEffort },
        { ...input, seed: 7 },
      ].map((other) => plan(other).value);
      expect(Math.max(...others)).toBeLessThanOrEqual(bound + 1e-6);
    });
  });

  it('has slack that is never negative', () => {
    always((_, { entries }) => {
      for (const { slackLeftSeconds, slackRightSeconds } of entries) {
        expect(Math.min(slackLeftSeconds, slackRightSeconds)).toBeGreaterThanOrEqual(0);
      }
    });
  });

  it('keeps what runs as its first entry, unless an alert stops it', () => {
    always((input, { entries, preempts }) => {
      const { running } = input;
      const isKept = running !== null && preempts === null;
      expect(entries.map((each) => each.isRunning)).toEqual(
        entries.map((_, i) => i === 0 && isKept),
      );
      if (preempts !== null) expect(preempts).toBe(running?.sequence.id);
      if (isKept) expect(entries[0]?.sequenceId).toBe(running.sequence.id);
    });
  });
});

describe('an alert in any plan', () => {
  it('has its place whatever else is asked', () => {
    always((input, schedule) => {
      const alone = plan({ ...input, sequences: input.sequences.filter((each) => each.isAlert) });
      const runs = input.running !== null && schedule.preempts === null ? 1 : 0;
      for (const entry of alone.entries.slice(runs)) {
        const found = schedule.entries.find(({ sequenceId }) => sequenceId === entry.sequenceId);
        if (entry.isShortened) continue;
        expect(found?.startMs).toBe(entry.startMs);
      }
    });
  });
});

describe('the same input', () => {
  it('gives the same bytes', () => {
    always((input, schedule) => {
      expect(JSON.stringify(plan(input))).toBe(JSON.stringify(schedule));
    });
  });

  it('gives the same plan in whatever order it comes', () => {
    always((input, schedule) => {
      const again = plan({ ...input, sequences: [...input.sequences].reverse() });
      expect(again.entries).toEqual(schedule.entries);
      expect([again.value, again.bound]).toEqual([schedule.value, schedule.bound]);
    });
  });

  it('gives the same plan with a memory of the night', () => {
    always((input, schedule) => {
      const memory = new JobMemory();
      const half = input.sequences.filter(({ id }) => id % 2 === 0);
      plan({ ...input, sequences: half, effort: firstEffort }, memory);
      expect(plan(input, memory)).toEqual(schedule);
    });
  });
});

describe('any plan made again', () => {
  function again(input: PlanInput, schedule: Schedule): Schedule {
    const whole = placed(schedule).filter((each) => !each.isShortened);
    const starts = whole.map((each) => [each.sequenceId, each.startMs] as const);
    return plan({ ...input, previous: { startMs: new Map(starts) } });
  }

  it('changes nothing without a cause, unless it finds a plan that is clearly better', () => {
    always((input, schedule) => {
      const next = again(input, schedule);
      if (next.value < 1.004 * schedule.value) expect(next.entries).toEqual(schedule.entries);
    });
  });

  it('is worth no less', () => {
    always((input, schedule) => {
      expect(again(input, schedule).value).toBeGreaterThanOrEqual(schedule.value - 1e-6);
    });
  });

  it('keeps at once, with the first effort, what the plan before had', () => {
    always((input, schedule) => {
      const next = again({ ...input, effort: firstEffort }, schedule);
      expect(next.value).toBeGreaterThanOrEqual(schedule.value - 1e-6);
      expect(next.bound).toBeGreaterThanOrEqual(next.value);
    });
  });
});
