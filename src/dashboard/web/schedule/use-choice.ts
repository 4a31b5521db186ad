import { useState } from 'react';
import type { SchedulePage, SequenceSight } from '../../tonight.ts';
import { useJson } from '../live/use-json.ts';
import type { TimeScale } from '../marks/time-scale.ts';
import type { Plot } from '../night/use-plot.ts';
import { rowOfNow } from './row-layout.ts';

/** The sequence that the charts show, and how to take another. */
export interface Choice {
  /** Chosen by hand or, until then, what runs or comes next; null on an empty night. */
  readonly chosenId: number | null;
  /** Under the pointer. */
  readonly hoveredId: number | null;
  readonly choose: (sequenceId: number | null) => void;
  readonly hover: (sequenceId: number | null) => void;
  /** The chosen one through the night; null until it was fetched. */
  readonly sight: SequenceSight | null;
}

/** What each chart of the page gets. */
export interface ChartProps {
  readonly page: SchedulePage;
  readonly plot: Plot;
  readonly scale: TimeScale;
  readonly choice: Choice;
}

export function useChoice(page: SchedulePage): Choice {
  const [byHand, setByHand] = useState<number | null>(null);
  const [hoveredId, hover] = useState<number | null>(null);
  const isThere = [...page.rows, ...page.unplanned].some((row) => row.sequenceId === byHand);
  const chosenId = isThere ? byHand : (rowOfNow(page.rows)?.sequenceId ?? null);
  const url = chosenId === null ? null : `/api/schedule/sequences/${chosenId}`;
  const { value } = useJson<SequenceSight>(url, page.revision);
  const sight = value?.sequenceId === chosenId ? value : null;
  const choose = (sequenceId: number | null) => {
    setByHand(sequenceId);
    // What was chosen goes before what the pointer happens to lie on.
    hover(null);
  };
  return { chosenId, hoveredId, choose, hover, sight };
}
