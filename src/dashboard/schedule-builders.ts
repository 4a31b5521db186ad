import type { ScheduleLine, StoredSchedule } from '#planning';

/** For tests: a line with a slot between two times of the night, or without one. */
export function planLine(
  sequenceId: number,
  slot: readonly [start: string, end: string] | null,
  other: Partial<ScheduleLine> = {},
): ScheduleLine {
  return {
    sequenceId,
    startMs: slot && instantOf(slot[0]),
    endMs: slot && instantOf(slot[1]),
    slackLeftSeconds: slot ? 0 : -1,
    slackRightSeconds: slot ? 0 : -1,
    altDeg: slot ? 51 : -90,
    overheadSeconds: slot ? 30 : 0,
    reason: '',
    code: '',
    remedy: '',
    isShortened: false,
    ...other,
  };
}

/** For tests: a plan of the night 2014-04-23. */
export function storedPlan(
  lines: readonly ScheduleLine[],
  other: Partial<StoredSchedule> = {},
): StoredSchedule {
  return {
    id: 1,
    created: '2014-04-23T18:00:00.000Z',
    night: '2014-04-23',
    reason: 'a request came in',
    kind: 'FULL',
    value: 0,
    bound: 0,
    gap: 0,
    preempts: null,
    planStartMs: instantOf('19:00:00'),
    planEndMs: instantOf('04:00:00'),
    lines,
    ...other,
  };
}

/** A time of that evening, or of the morning after. */
function instantOf(time: string): number {
  return Date.parse(`2014-04-${time < '12' ? '24' : '23'}T${time}Z`);
}
