import type { ChangeKind, PlanChange, Span } from '../../tonight.ts';
import type { TimeScale } from '../marks/time-scale.ts';

/** One sequence in one of the two strips. */
export interface StripBlock {
  readonly key: number;
  readonly kind: ChangeKind;
  readonly title: string;
  readonly x: number;
  readonly width: number;
}

/** From the middle of a block in the strip above to the middle of the same below. */
export interface StripLink {
  readonly key: number;
  readonly fromX: number;
  readonly toX: number;
}

export interface Strips {
  readonly before: readonly StripBlock[];
  readonly after: readonly StripBlock[];
  readonly links: readonly StripLink[];
}

/** Two plans above each other; those that moved are linked. */
export function stripsOf(changes: readonly PlanChange[], scale: TimeScale): Strips {
  const blocks = (side: 'before' | 'after') =>
    changes.flatMap((change) => {
      const span = change[side];
      return span ? [blockOf(change, span, scale)] : [];
    });
  const links = changes.flatMap(({ kind, sequenceId, before, after }) => {
    if (kind !== 'moved' || !before || !after) return [];
    return [{ key: sequenceId, fromX: middle(before, scale), toX: middle(after, scale) }];
  });
  return { before: blocks('before'), after: blocks('after'), links };
}

function blockOf(change: PlanChange, { start, end }: Span, scale: TimeScale): StripBlock {
  const x = scale.clampX(Date.parse(start));
  // A hair of ground between neighbours.
  const width = Math.max(2, scale.clampX(Date.parse(end)) - x - 1);
  return { key: change.sequenceId, kind: change.kind, title: change.name, x, width };
}

function middle({ start, end }: Span, scale: TimeScale): number {
  return scale.clampX((Date.parse(start) + Date.parse(end)) / 2);
}

const ORDER: readonly ChangeKind[] = ['unplanned', 'added', 'moved', 'gone'];

/** What a table tells: all that changed, the losses first, each kind by time. */
export function toldChanges(changes: readonly PlanChange[]): PlanChange[] {
  return ORDER.flatMap((kind) => changes.filter((change) => change.kind === kind));
}
