import { parseIso } from '#platform';
import type { SchedulePage, ScheduleRow, SightStep } from './schedule-page.ts';
import { type Hindrance, outside, type Stretch, sightSteps } from './sight-steps.ts';

/** What decides over the telescope's time. */
export interface AvailabilityQuestion {
  readonly span: Stretch;
  readonly dark: SchedulePage['dark'];
  readonly rows: readonly ScheduleRow[];
  /** When the dome was not open though it was dark. */
  readonly closed: readonly { from: string; to: string; cause: string }[];
}

/** The telescope's availability line, by steps: 0 reasons = it could take something more. */
export function availability({ span, dark, rows, closed }: AvailabilityQuestion): SightStep[] {
  const night = dark && { startMs: parseIso(dark.start), endMs: parseIso(dark.end) };
  return sightSteps(span, [
    ...outside(span, night).map((one) => ({ ...one, code: 'NIGHT', text: 'not dark' })),
    ...closed.map(({ from, to, cause }) => {
      const text = `dome closed: ${cause}`;
      return { startMs: parseIso(from), endMs: parseIso(to), code: 'CLOSED', text };
    }),
    ...rows.flatMap(takenBy),
  ]);
}

function takenBy(row: ScheduleRow): Hindrance[] {
  const text = `taken by ${row.name}`;
  return row.bars.map(({ start, end }) => {
    const isSlot = row.slot?.start === start;
    const overheadMs = isSlot ? (row.slot?.overheadSeconds ?? 0) * 1000 : 0;
    return { startMs: parseIso(start) - overheadMs, endMs: parseIso(end), code: 'TAKEN', text };
  });
}
