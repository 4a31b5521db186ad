import type { BarState, ScheduleRow, Tonight } from '../../tonight.ts';
import type { TimeScale } from '../marks/time-scale.ts';

/** A stretch of the axis, px. */
export interface Extent {
  readonly x: number;
  readonly width: number;
}

/** The marks of one row. */
export interface RowMarks {
  readonly bars: readonly (Extent & { readonly state: BarState; readonly key: string })[];
  /** Slew and setup before a planned observation. */
  readonly overhead: Extent | null;
  /** From the earliest start to the latest end with the others where they are. */
  readonly slack: Extent | null;
}

const SHORTEST_BAR_PX = 3;

/** Places the bars of a row; overhead and slack are those of a slot that is still ahead. */
export function rowMarks(row: ScheduleRow, scale: TimeScale): RowMarks {
  const bars = row.bars.map(({ start, end, state }) => {
    const { x, width } = extent(scale, Date.parse(start), Date.parse(end));
    return { state, key: start, x, width: Math.max(SHORTEST_BAR_PX, width) };
  });
  const { slot } = row;
  if (row.state !== 'planned' || !slot) return { bars, overhead: null, slack: null };
  const startMs = Date.parse(slot.start);
  const busyMs = startMs - slot.overheadSeconds * 1000;
  const fromMs = busyMs - slot.slackLeftSeconds * 1000;
  const toMs = Date.parse(slot.end) + slot.slackRightSeconds * 1000;
  const isFree = slot.slackLeftSeconds + slot.slackRightSeconds > 0;
  return {
    bars,
    overhead: slot.overheadSeconds > 0 ? extent(scale, busyMs, startMs) : null,
    slack: isFree ? extent(scale, fromMs, toMs) : null,
  };
}

function extent(scale: TimeScale, fromMs: number, toMs: number): Extent {
  const x = tenth(scale.clampX(fromMs));
  return { x, width: tenth(scale.clampX(toMs) - x) };
}

function tenth(px: number): number {
  return Math.round(px * 10) / 10;
}

/** Heights of the rows and of the box that scrolls through them, px. */
export interface RowSizes {
  readonly rowPx: number;
  readonly barPx: number;
  /** Room above the bar for the name, where there is no column for it. */
  readonly labelPx: number;
  readonly boxPx: number;
}

export function rowSizes(compact: boolean): RowSizes {
  const sizes = compact
    ? { rowPx: 36, barPx: 14, labelPx: 17, rows: 9 }
    : { rowPx: 24, barPx: 14, labelPx: 5, rows: 14 };
  return { ...sizes, boxPx: sizes.rows * sizes.rowPx };
}

/** The rows that a box scrolled by `topPx` shows, and some more on both sides: first, and past last. */
export function visibleRows(
  topPx: number,
  { rowPx, boxPx }: RowSizes,
  count: number,
): { first: number; end: number } {
  const first = Math.max(0, Math.floor(topPx / rowPx) - 6);
  const end = Math.min(count, Math.ceil((topPx + boxPx) / rowPx) + 6);
  return { first: Math.min(first, end), end };
}

/** Where the box must stand for a row to be seen; as it stands when it is seen already. */
export function topShowing(index: number, topPx: number, { rowPx, boxPx }: RowSizes): number {
  const y = index * rowPx;
  if (y < topPx) return y;
  return y + rowPx > topPx + boxPx ? y + rowPx - boxPx : topPx;
}

/** The row to start with: what runs, else what comes next, else the last that was done. */
export function rowOfNow(rows: readonly ScheduleRow[]): ScheduleRow | null {
  return (
    rows.find((row) => row.state === 'running') ??
    rows.find((row) => row.state === 'planned') ??
    rows.at(-1) ??
    null
  );
}

/** Whether all words of a filter occur in the name or the program. */
export function matches(
  filter: string,
  { name, program }: { name: string; program: string },
): boolean {
  const text = `${name} ${program}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** The Moon in one line, for the column of names. */
export function moonText(moon: Pick<Tonight['moon'], 'illumination'>): string {
  return `Moon ${Math.round(moon.illumination * 100)} %`;
}
