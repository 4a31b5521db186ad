import type { ScheduleLine, StoredSchedule } from '#planning';
import { iso } from '#platform';
import { planVersion, versionOf } from './plan-version.ts';
import type { ChangeKind, PlanChange, PlanChanges, Span } from './schedule-page.ts';

/** What is known of a sequence now, beside the two plans. */
export interface KnownSequence {
  readonly name: string;
  readonly isAlert: boolean;
  /** In the guide's words, e.g. `DONE`. */
  readonly status: string;
}

/** A shift of less is not worth telling. */
const SHIFT_SECONDS = 60;

const BECAME: Readonly<Record<string, string>> = {
  EXECUTING: 'it was begun meanwhile',
  DONE: 'done meanwhile',
  PARTIAL: 'partly done meanwhile',
  FAILED: 'it failed meanwhile',
  EXPIRED: 'its window is over',
  CANCELLED: 'it was cancelled',
};

/** What changed from one plan of a night to another. */
export function scheduleChanges(
  from: StoredSchedule,
  to: StoredSchedule,
  known: ReadonlyMap<number, KnownSequence>,
): PlanChanges {
  const before = new Map(from.lines.map((line) => [line.sequenceId, line]));
  const after = new Map(to.lines.map((line) => [line.sequenceId, line]));
  const ids = new Set([...before.keys(), ...after.keys()]);
  const changes = [...ids].flatMap((id) => {
    const change = changeOf({ id, before: before.get(id), after: after.get(id), known });
    return change ? [change] : [];
  });
  changes.sort((a, b) => startOf(a).localeCompare(startOf(b)) || a.sequenceId - b.sequenceId);
  const versions = { from: planVersion(versionOf(from)), to: planVersion(versionOf(to)) };
  return { ...versions, sentence: changeSentence(changes), changes };
}

interface TwoLines {
  readonly id: number;
  readonly before: ScheduleLine | undefined;
  readonly after: ScheduleLine | undefined;
  readonly known: ReadonlyMap<number, KnownSequence>;
}

function changeOf({ id, before, after, known }: TwoLines): PlanChange | null {
  const [was, is] = [spanOf(before), spanOf(after)];
  // Without a place in either, and known to both: nothing happened.
  if (!was && !is && (before || !after)) return null;
  const sequence = known.get(id);
  const movedSeconds = was && is ? seconds(was, is) : 0;
  const kind = kindOf(was, is, { movedSeconds, isListed: after !== undefined });
  return {
    sequenceId: id,
    name: sequence?.name ?? `Sequence ${id}`,
    isAlert: sequence?.isAlert ?? false,
    kind,
    before: was,
    after: is,
    movedSeconds,
    ...whyOf(kind, after, sequence?.status),
  };
}

function kindOf(
  was: Span | null,
  is: Span | null,
  { movedSeconds, isListed }: { movedSeconds: number; isListed: boolean },
): ChangeKind {
  if (was && is) return Math.abs(movedSeconds) < SHIFT_SECONDS ? 'same' : 'moved';
  if (is) return 'added';
  return isListed ? 'unplanned' : 'gone';
}

function whyOf(
  kind: ChangeKind,
  after: ScheduleLine | undefined,
  status: string | undefined,
): Pick<PlanChange, 'code' | 'reason' | 'remedy'> {
  if (kind === 'unplanned' && after) {
    const { code, reason, remedy } = after;
    return { code, reason, remedy };
  }
  const became = status === undefined ? 'it was deleted' : (BECAME[status] ?? '');
  return { code: '', reason: kind === 'gone' ? became : '', remedy: '' };
}

function changeSentence(changes: readonly PlanChange[]): string {
  const words: readonly (readonly [ChangeKind, string])[] = [
    ['added', 'added'],
    ['moved', 'moved'],
    ['gone', 'left the plan'],
    ['unplanned', 'without a place now'],
  ];
  const told = words.flatMap(([kind, word]) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count > 0 ? [`${count} ${word}`] : [];
  });
  const same = changes.filter((change) => change.kind === 'same').length;
  const kept = same > 1 ? `${same} keep their place` : `${same || 'none'} keeps its place`;
  if (told.length === 0) return `Nothing changed: ${kept}.`;
  return `${told.join(', ')}; ${kept}.`;
}

function spanOf(line: ScheduleLine | undefined): Span | null {
  if (!line || line.startMs === null || line.endMs === null) return null;
  return { start: iso(line.startMs), end: iso(line.endMs) };
}

function seconds(was: Span, is: Span): number {
  return Math.round((Date.parse(is.start) - Date.parse(was.start)) / 1000);
}

function startOf({ before, after }: PlanChange): string {
  return after?.start ?? before?.start ?? '';
}
