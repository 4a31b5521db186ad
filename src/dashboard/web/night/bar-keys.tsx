import type { BarState } from '../../tonight.ts';
import { Shape } from '../parts/shape.tsx';
import { BarMark } from './bar-mark.tsx';

const STATES: readonly BarState[] = ['planned', 'running', 'done', 'partial', 'failed'];

/** The bars of every chart of a night, as entries of a legend. */
export function BarKeys() {
  return (
    <>
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
    </>
  );
}
