import { useId } from 'react';
import type { BarState } from '../../tonight.ts';
import { BarMark } from '../night/bar-mark.tsx';
import { Hatch } from '../night/lost-strip.tsx';
import { Shape } from '../parts/shape.tsx';
import { Whisker } from './row-mark.tsx';

const STATES: readonly BarState[] = ['planned', 'running', 'done', 'partial', 'failed'];

/** The marks of the plan, learnt once. */
export function ScheduleLegend() {
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
        <svg width="12" height="10" aria-hidden="true">
          <Hatch id={hatch} />
          <rect className="overhead" width="12" height="10" fill={`url(#${hatch})`} />
        </svg>
        slew and setup
      </li>
      <li>
        <svg width="20" height="10" aria-hidden="true">
          <Whisker x={0} width={20} y={5} />
        </svg>
        slack
      </li>
    </ul>
  );
}
