import { useId } from 'react';
import type { Tonight } from '../../tonight.ts';
import { span, utcMinutes } from '../format/time.ts';
import { placeLabels } from '../marks/place-labels.ts';
import type { GanttLayout } from './gantt-layout.ts';

/** Stretches when the dome was not open: hatched through the chart, with the cause below. */
export function LostStrip({ lost, layout }: { lost: Tonight['lost']; layout: GanttLayout }) {
  const hatch = useId();
  const { scale, axisY } = layout;
  const spans = lost.map((stretch) => {
    const fromMs = Date.parse(stretch.from);
    const toMs = Date.parse(stretch.to);
    const x = scale.clampX(fromMs);
    return { ...stretch, fromMs, toMs, x, width: Math.max(2, scale.clampX(toMs) - x) };
  });
  const top = layout.rows[0]?.y ?? 0;
  return (
    <g className="lost">
      <Hatch id={hatch} />
      {spans.map(({ fromMs, toMs, cause, x, width }) => (
        <g key={fromMs}>
          <title>
            {`Dome not open ${utcMinutes(fromMs)}–${utcMinutes(toMs)}Z (${span((toMs - fromMs) / 1000)}): ${cause}`}
          </title>
          <rect
            className="lost-veil"
            x={x}
            width={width}
            y={top}
            height={axisY - top}
            fill={`url(#${hatch})`}
          />
          <rect className="lost-edge" x={x} width={width} y={axisY - 3} height={3} />
        </g>
      ))}
    </g>
  );
}

/** The causes, to be drawn over everything else. */
export function LostCauses({ lost, layout }: { lost: Tonight['lost']; layout: GanttLayout }) {
  const { scale, domeY, labelPx } = layout;
  const wanted = lost.map(({ from, to, cause }) => {
    const fromMs = Date.parse(from);
    const toMs = Date.parse(to);
    return { text: cause, xPx: scale.clampX((fromMs + toMs) / 2), rank: fromMs - toMs };
  });
  return (
    <g className="lost">
      {placeLabels(wanted, scale.widthPx).map(({ text, xPx, anchor }) => (
        <text key={`${text}${xPx}`} x={xPx} y={domeY + labelPx + 15} textAnchor={anchor}>
          {text}
        </text>
      ))}
    </g>
  );
}

export function Hatch({ id }: { id: string }) {
  return (
    <pattern
      id={id}
      width="6"
      height="6"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <rect className="hatch-line" width="2" height="6" />
    </pattern>
  );
}
