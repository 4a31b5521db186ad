import type { BarState } from '../../tonight.ts';
import { fitText } from '../marks/place-labels.ts';

interface BarMarkProps {
  readonly state: BarState;
  readonly isAlert: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly name?: string;
}

/** Room for the star of an alert at the left of its bar, px. */
const STAR_ROOM_PX = 16;

/**
 * A bar: planned is an outline, running solid and bright, done solid and quiet, partial filled at its foot,
 * failed an outline struck through.
 */
export function BarMark({ state, isAlert, x, y, width, height, name = '' }: BarMarkProps) {
  const inner = { x: x + 0.75, y: y + 0.75, width: Math.max(1, width - 1.5), height: height - 1.5 };
  const hasStar = isAlert && width >= STAR_ROOM_PX;
  const stripPx = Math.round(height * 0.3);
  const textY = y + (state === 'partial' ? height - stripPx - 2 : height / 2 + 4);
  const textX = x + (hasStar ? STAR_ROOM_PX + 2 : 6);
  const text = fitText(name, width - (textX - x) - 4);
  const className = `bar bar-${state}${isAlert ? ' bar-alert' : ''}`;
  return (
    <g className={className}>
      <rect className="bar-box" rx={2} {...inner} />
      {state === 'partial' && (
        <rect
          className="bar-half"
          x={inner.x}
          width={inner.width}
          y={y + height - stripPx}
          height={stripPx - 0.75}
        />
      )}
      {state === 'failed' && (
        <path
          className="bar-strike"
          d={`M${inner.x} ${y + height - 1}L${inner.x + inner.width} ${y + 1}`}
        />
      )}
      {hasStar && <Star x={x + 10} y={y + height / 2} />}
      {text && (
        <text className="bar-name" x={textX} y={textY}>
          {text}
        </text>
      )}
    </g>
  );
}

function Star({ x, y }: { x: number; y: number }) {
  const points = 'M0-6 1.5-1.5 6 0 1.5 1.5 0 6-1.5 1.5-6 0-1.5-1.5Z';
  return <path className="bar-star" transform={`translate(${x} ${y})`} d={points} />;
}
