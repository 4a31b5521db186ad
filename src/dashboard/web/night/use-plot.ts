import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** The room a chart has: the plot, and the column of names at its left (none when compact). */
export interface Plot {
  readonly ref: RefObject<HTMLDivElement | null>;
  /** Zero until it was measured. */
  readonly widthPx: number;
  readonly gutterPx: number;
  readonly compact: boolean;
}

const GUTTER_PX = 208;
const COMPACT_BELOW_PX = 640;

/** Measures a chart's box, now and whenever it changes. */
export function usePlot(): Plot {
  const ref = useRef<HTMLDivElement | null>(null);
  const [boxPx, setBoxPx] = useState(0);
  useLayoutEffect(() => {
    const box = ref.current;
    if (!box) return;
    const measure = () => setBoxPx(Math.floor(box.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  const compact = boxPx < COMPACT_BELOW_PX;
  const gutterPx = compact ? 0 : GUTTER_PX;
  return { ref, widthPx: Math.max(0, boxPx - gutterPx), gutterPx, compact };
}
