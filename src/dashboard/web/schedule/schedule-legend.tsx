import { useId } from 'react';
import { BarKeys } from '../night/bar-keys.tsx';
import { Hatch } from '../night/lost-strip.tsx';
import { Whisker } from './row-mark.tsx';

/** The marks of the plan, learnt once. */
export function ScheduleLegend() {
  const hatch = useId();
  return (
    <ul className="legend" aria-label="Marks of the chart">
      <BarKeys />
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
