import type { PlannedBar } from '../../tonight.ts';
import { angle } from '../format/angle.ts';
import { span, utcMinutes } from '../format/time.ts';
import type { GanttLayout } from './gantt-layout.ts';

const TIP_PX = 248;

/** The details of one bar, beside it and inside the chart. */
export function GanttTip({ bar, layout }: { bar: PlannedBar; layout: GanttLayout }) {
  const placed = layout.rows.flatMap((row) => row.bars).find((p) => p.bar === bar);
  if (!placed) return null;
  const room = Math.max(0, layout.scale.widthPx - TIP_PX);
  const left = Math.min(room, Math.max(0, placed.x));
  return (
    <div className="tip" style={{ left, top: placed.y + layout.barPx + 6, width: TIP_PX }}>
      <strong>{bar.name}</strong>
      <span>
        {[bar.program, bar.isAlert ? 'alert' : '', bar.state].filter(Boolean).join(' · ')}
      </span>
      <span>{barTimes(bar)}</span>
      {bar.altDeg !== null && <span>{angle(bar.altDeg, 0)} high at the start</span>}
    </div>
  );
}

/** A bar in one line, for those who cannot see it. */
export function barSentence(bar: PlannedBar): string {
  const alert = bar.isAlert ? ', alert' : '';
  return `${bar.name}, ${bar.program}${alert}, ${bar.state}, ${barTimes(bar)}`;
}

function barTimes(bar: PlannedBar): string {
  const start = Date.parse(bar.start);
  const end = Date.parse(bar.end);
  return `${utcMinutes(start)}–${utcMinutes(end)}Z (${span((end - start) / 1000)})`;
}
