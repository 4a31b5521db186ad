import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import type { ScheduleRow } from '../../tonight.ts';
import { type RowSizes, rowOfNow, topShowing } from './row-layout.ts';
import type { Choice } from './use-choice.ts';

interface RowBox {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly rows: readonly ScheduleRow[];
  readonly sizes: RowSizes;
}

/** Begins at what runs or comes next; afterwards the box stays where it is put. */
export function useStartAtNow({ box, rows, sizes }: RowBox): void {
  const isPlaced = useRef(false);
  useEffect(() => {
    const now = rowOfNow(rows);
    if (isPlaced.current || !box.current || !now) return;
    isPlaced.current = true;
    // Two rows of what went before stay in sight.
    box.current.scrollTop = Math.max(0, (rows.indexOf(now) - 2) * sizes.rowPx);
  });
}

/** The arrow keys choose the row before or after, Home and End the first and the last. */
export function rowKeys({ box, rows, sizes }: RowBox, choice: Choice) {
  return (event: KeyboardEvent): void => {
    const at = rows.findIndex((row) => row.sequenceId === choice.chosenId);
    const to = {
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      ArrowUp: Math.max(0, at - 1),
      ArrowLeft: Math.max(0, at - 1),
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    const row = to === undefined ? undefined : rows[Math.min(rows.length - 1, to)];
    if (!row) return;
    event.preventDefault();
    choice.choose(row.sequenceId);
    const element = box.current;
    if (element) element.scrollTop = topShowing(rows.indexOf(row), element.scrollTop, sizes);
  };
}
