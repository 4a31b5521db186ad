import type { ScheduleRow } from '../../tonight.ts';
import { fitText } from '../marks/place-labels.ts';
import type { TimeScale } from '../marks/time-scale.ts';
import { BarMark } from '../night/bar-mark.tsx';
import { type RowSizes, rowMarks } from './row-layout.ts';

interface RowMarkProps {
  readonly row: ScheduleRow;
  readonly y: number;
  readonly scale: TimeScale;
  readonly sizes: RowSizes;
  /** Fill of the overhead: a pattern of the chart. */
  readonly overheadFill: string;
  readonly compact: boolean;
}

/** One row: slack as a whisker, overhead hatched, then the bars. */
export function RowMark({ row, y, scale, sizes, overheadFill, compact }: RowMarkProps) {
  const { bars, overhead, slack } = rowMarks(row, scale);
  const top = y + sizes.labelPx;
  return (
    <>
      {compact && <RowName row={row} y={y} scale={scale} />}
      {slack && <Whisker x={slack.x} width={slack.width} y={top + sizes.barPx / 2} />}
      {overhead && overhead.width >= 1 && (
        <rect
          className="overhead"
          x={overhead.x}
          width={overhead.width}
          y={top + 1}
          height={sizes.barPx - 2}
          fill={overheadFill}
        />
      )}
      {bars.map(({ key, state, x, width }) => (
        <BarMark
          key={key}
          state={state}
          isAlert={row.isAlert}
          x={x}
          y={top}
          width={width}
          height={sizes.barPx}
        />
      ))}
    </>
  );
}

/** From the earliest start to the latest end. */
export function Whisker({ x, width, y }: { x: number; width: number; y: number }) {
  const [left, right] = [x + 0.5, x + width - 0.5];
  return (
    <path
      className="slack"
      d={`M${left} ${y - 4}V${y + 4}M${left} ${y}H${right}M${right} ${y - 4}V${y + 4}`}
    />
  );
}

/** The name above the bar, where there is no column for it; held inside the chart. */
function RowName({ row, y, scale }: Pick<RowMarkProps, 'row' | 'y' | 'scale'>) {
  const x = scale.clampX(Date.parse(row.bars[0]?.start ?? ''));
  const isRight = x > scale.widthPx * 0.6;
  const room = isRight ? x : scale.widthPx - x;
  return (
    <text
      className="row-name"
      x={isRight ? Math.min(x + 40, scale.widthPx) : x}
      y={y + 13}
      textAnchor={isRight ? 'end' : 'start'}
    >
      {fitText(row.isAlert ? `alert · ${row.name}` : row.name, room)}
    </text>
  );
}
