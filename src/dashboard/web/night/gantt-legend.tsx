import { useId } from 'react';
import type { BarState } from '../../tonight.ts';
import { Shape } from '../parts/shape.tsx';
import { BarMark } from './bar-mark.tsx';
import { Hatch } from './lost-strip.tsx';

const STATES: readonly BarState[] = ['planned', 'running', 'done', 'partial', 'failed'];

/** The marks of the Gantt, learnt once. */
export function GanttLegend() {
  const hatch = useId();
  return (
    <ul className="legend" aria-label="Marks of the chart">
      {STATES.map((state) => (
        <li key={state}>
          <svg width="20" height="10" aria-hidden="true">
            <BarMark state={state} isAlert={false} x={0} y={0} width={20} height={10} />
          </svg>
          {state}
        </li>
      ))}
      <li className="legend-alert">
        <Shape tone="alert" size={12} />
        alert
      </li>
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
