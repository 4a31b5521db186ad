import type { ScheduleVersion, StoredSchedule } from '#planning';
import { worthSentence } from './plan-worth.ts';
import type { PlanVersion } from './schedule-page.ts';

/** A plan as the page lists it. */
export function planVersion(version: ScheduleVersion): PlanVersion {
  const { id, created, reason: cause, kind, planned, unplanned, value, bound, gap } = version;
  return {
    ...{ id, created, cause, kind, planned, unplanned, value, bound, gap },
    worth: worthSentence(version),
  };
}

/** A plan with how much it places. */
export function versionOf(schedule: StoredSchedule): ScheduleVersion {
  const planned = schedule.lines.filter((line) => line.startMs !== null).length;
  return { ...schedule, planned, unplanned: schedule.lines.length - planned };
}
