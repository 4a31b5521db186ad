import type { PlannedBar, TwilightMarks } from '../../tonight.ts';
import { type TimeScale, timeScale } from '../marks/time-scale.ts';

/** A bar with its place, px from the top left of the plot. */
export interface PlacedBar {
  readonly bar: PlannedBar;
  readonly x: number;
  readonly width: number;
  readonly y: number;
}

export interface GanttRow {
  readonly label: string;
  readonly y: number;
  readonly bars: readonly PlacedBar[];
}

export interface GanttLayout {
  readonly scale: TimeScale;
  readonly rows: readonly GanttRow[];
  readonly rowPx: number;
  readonly barPx: number;
  /** Extra room above each bar for a label inside the plot, px. */
  readonly labelPx: number;
  readonly moonY: number;
  readonly domeY: number;
  readonly axisY: number;
  readonly heightPx: number;
}

/** The row of alerts is always there, so that nothing moves on the night one comes. */
export const ALERT_ROW = 'Alerts';
const TOP_PX = 24;
const MOON_PX = 16;
const DOME_PX = 24;
const AXIS_PX = 24;
const LEAST_ROWS = 5;
const SHORTEST_BAR_PX = 3;

/** What the layout needs of the night. */
export interface NightPlan {
  readonly plan: readonly PlannedBar[];
  readonly twilight: Pick<TwilightMarks, 'chartStart' | 'chartEnd'>;
}

/** Places every bar of the night; `compact` writes the row names above the bars. */
export function ganttLayout(night: NightPlan, widthPx: number, compact: boolean): GanttLayout {
  const { chartStart, chartEnd } = night.twilight;
  const scale = timeScale(Date.parse(chartStart), Date.parse(chartEnd), widthPx);
  const labels = rowLabels(night.plan);
  const labelPx = compact ? 16 : 0;
  const barPx = labels.length > 6 ? 16 : 20;
  const rowPx = barPx + labelPx + (compact ? 4 : 8);
  const moonY = TOP_PX;
  const rowsY = moonY + MOON_PX + 4;
  const domeY = rowsY + Math.max(LEAST_ROWS, labels.length) * rowPx;
  const axisY = domeY + DOME_PX + labelPx;
  const rows = labels.map((label, i) => {
    const y = rowsY + i * rowPx;
    const bars = night.plan.filter((bar) => rowOf(bar) === label);
    return { label, y, bars: bars.map((bar) => placeBar(bar, scale, y + labelPx)) };
  });
  const heightPx = axisY + AXIS_PX;
  return { scale, rows, rowPx, barPx, labelPx, moonY, domeY, axisY, heightPx };
}

/** Names a bar: a sequence that was interrupted has several. */
export function barKey(bar: PlannedBar): string {
  return `${bar.sequenceId}-${Date.parse(bar.start)}`;
}

/** The bar under a point or within reach of a finger, else null. */
export function nearestBar(
  layout: GanttLayout,
  point: { x: number; y: number },
  reachPx = 22,
): PlannedBar | null {
  const row = layout.rows.find((r) => point.y >= r.y && point.y < r.y + layout.rowPx);
  const ranked = (row?.bars ?? [])
    .map(({ bar, x, width }) => ({ bar, away: Math.max(x - point.x, point.x - x - width, 0) }))
    .filter(({ away }) => away <= reachPx)
    .sort((a, b) => a.away - b.away);
  return ranked[0]?.bar ?? null;
}

/** The bars as the arrow keys go through them: by time, whatever the row. */
export function barsInTime(plan: readonly PlannedBar[]): PlannedBar[] {
  return [...plan].sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}

function rowOf(bar: PlannedBar): string {
  return bar.isAlert ? ALERT_ROW : bar.program;
}

function rowLabels(plan: readonly PlannedBar[]): string[] {
  const programs = new Set(plan.filter((bar) => !bar.isAlert).map((bar) => bar.program));
  return [ALERT_ROW, ...[...programs].sort((a, b) => a.localeCompare(b))];
}

function placeBar(bar: PlannedBar, scale: TimeScale, y: number): PlacedBar {
  const x = scale.clampX(Date.parse(bar.start));
  const width = Math.max(SHORTEST_BAR_PX, scale.clampX(Date.parse(bar.end)) - x);
  return { bar, x, width, y };
}
