import { useId } from 'react';
import { BarKeys } from './bar-keys.tsx';
import { Hatch } from './lost-strip.tsx';

/** The marks of the Gantt, learnt once. */
export function GanttLegend() {
  const hatch = useId();
  return (
    <ul className="legend" aria-label="Marks of the chart">
      <BarKeys />
      <li>
        <svg width="20" height="10" aria-hidden="true">
          <Hatch id={hatch} />
          <rect width="20" height="10" fill={`url(#${hatch})`} />
        </svg>
        dome closed
      </li>
    </ul>
  );
}
