import { type KeyboardEvent, useId } from 'react';
import type { ScheduleRow } from '../../tonight.ts';
import { angle } from '../format/angle.ts';
import { span, utcMinutes } from '../format/time.ts';
import { Hatch } from '../night/lost-strip.tsx';
import { Shape } from '../parts/shape.tsx';
import type { RowSizes } from './row-layout.ts';
import { RowMark } from './row-mark.tsx';
import type { ChartProps } from './use-choice.ts';

interface RowListProps extends Omit<ChartProps, 'page'> {
  readonly sizes: RowSizes;
  /** The rows that are seen, and the number of the first of them. */
  readonly rows: readonly ScheduleRow[];
  readonly first: number;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** The rows that are seen. One stop for the keyboard; the arrow keys go from row to row. */
export function RowList(props: RowListProps) {
  const { plot, choice, sizes, rows, first } = props;
  const id = useId();
  const hatch = useId();
  const isSeen = rows.some((row) => row.sequenceId === choice.chosenId);
  return (
    <>
      <RowNames {...props} />
      <svg
        className="after-gutter row-marks"
        style={{ top: first * sizes.rowPx }}
        width={plot.widthPx}
        height={rows.length * sizes.rowPx}
        aria-label="The plan"
      >
        <Hatch id={hatch} />
        <g
          role="listbox"
          tabIndex={rows.length > 0 ? 0 : -1}
          aria-label="Sequences of the night; the arrow keys go from one to the next"
          aria-activedescendant={isSeen ? `${id}-${choice.chosenId}` : undefined}
          onKeyDown={props.onKeyDown}
        >
          <Options {...props} id={id} overheadFill={`url(#${hatch})`} />
        </g>
      </svg>
    </>
  );
}

interface OptionsProps extends RowListProps {
  readonly id: string;
  readonly overheadFill: string;
}

function Options({ id, overheadFill, plot, scale, choice, sizes, rows }: OptionsProps) {
  return rows.map((row, i) => (
    <g
      key={row.sequenceId}
      id={`${id}-${row.sequenceId}`}
      role="option"
      tabIndex={-1}
      aria-selected={row.sequenceId === choice.chosenId}
      aria-label={rowSentence(row)}
    >
      <RowMark
        {...{ row, scale, sizes, overheadFill }}
        y={i * sizes.rowPx}
        compact={plot.compact}
      />
    </g>
  ));
}

/** The column of names; where there is none, only the highlight of the row. */
function RowNames({ plot, choice, sizes, rows, first }: RowListProps) {
  return (
    <ul className="row-names" aria-hidden="true">
      {rows.map((row, i) => (
        <li
          key={row.sequenceId}
          style={{ top: (first + i) * sizes.rowPx, height: sizes.rowPx }}
          data-chosen={row.sequenceId === choice.chosenId}
          data-hovered={row.sequenceId === choice.hoveredId}
        >
          {!plot.compact && (
            <span className="row-label">
              {row.isAlert && <Shape tone="alert" size={12} />}
              <span>{row.name}</span>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** A row in one line, for those who cannot see it. */
export function rowSentence({ name, program, state, isAlert, bars, slot }: ScheduleRow): string {
  const [first, last] = [bars[0], bars.at(-1)];
  const start = Date.parse(first?.start ?? '');
  const end = Date.parse(last?.end ?? '');
  const when = first && last ? `${utcMinutes(start)} to ${utcMinutes(end)} UTC` : 'no time';
  const overhead = slot ? `, after ${span(slot.overheadSeconds)} of slew and setup` : '';
  const high = slot ? `, ${angle(slot.altDeg, 0)} high` : '';
  return `${name}, ${program}${isAlert ? ', alert' : ''}, ${state}, ${when}${overhead}${high}`;
}
