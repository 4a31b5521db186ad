import type { Fact } from '#agent';
import { closedStretches } from '#execution';
import { iso, parseIso } from '#platform';
import { sunBelow } from '#sky';
import type { BarState, PlannedBar, Tonight } from './tonight.ts';
import type { TonightSources } from './tonight-sources.ts';

const STATES: Readonly<Record<string, BarState>> = {
  EXECUTING: 'running',
  DONE: 'done',
  PARTIAL: 'partial',
  FAILED: 'failed',
};

/** The bars of the Gantt: what was done when, what runs, and what is planned. */
export function planBars(sources: TonightSources): PlannedBar[] {
  return [...executedBars(sources), ...plannedBars(sources)].sort(
    (a, b) => a.start.localeCompare(b.start) || a.sequenceId - b.sequenceId,
  );
}

/** A sequence that was interrupted and taken up again has a bar for each stretch. */
function executedBars(sources: TonightSources): PlannedBar[] {
  const bars: PlannedBar[] = [];
  const begun = new Map<number, Fact>();
  for (const fact of sources.facts) {
    // Taken up again after a crash, without an end in between: one bar from the first start.
    if (fact.type === 'SequenceStarted' && !begun.has(fact.payload.sequenceId)) {
      begun.set(fact.payload.sequenceId, fact);
    }
    if (fact.type !== 'SequenceEnded') continue;
    const start = begun.get(fact.payload.sequenceId);
    begun.delete(fact.payload.sequenceId);
    const outcome = fact.payload.outcome === 'INTERRUPTED' ? 'PARTIAL' : fact.payload.outcome;
    const bar = start && barOf(sources, fact.payload.sequenceId, STATES[outcome] ?? 'failed');
    if (bar) bars.push({ ...bar, start: start.at, end: fact.at });
  }
  for (const [sequenceId, start] of begun) {
    const bar = barOf(sources, sequenceId, 'running');
    const line = sources.schedule?.lines.find((one) => one.sequenceId === sequenceId);
    const end = iso(Math.max(sources.nowMs, line?.endMs ?? sources.nowMs));
    if (bar) bars.push({ ...bar, start: start.at, end });
  }
  return bars;
}

function plannedBars(sources: TonightSources): PlannedBar[] {
  const waiting = new Set(
    sources.sequences.filter((one) => one.status === 'PLANNED').map((one) => one.id),
  );
  return (sources.schedule?.lines ?? []).flatMap((line) => {
    if (line.startMs === null || line.endMs === null || !waiting.has(line.sequenceId)) return [];
    const bar = barOf(sources, line.sequenceId, 'planned');
    if (!bar) return [];
    return [{ ...bar, start: iso(line.startMs), end: iso(line.endMs), altDeg: line.altDeg }];
  });
}

function barOf(sources: TonightSources, sequenceId: number, state: BarState) {
  const sequence = sources.sequences.find((one) => one.id === sequenceId);
  if (!sequence) return null;
  const { name, program, isAlert } = sequence;
  return { sequenceId, name, program, state, isAlert, altDeg: null };
}

/** What has no place in the plan, and why. */
export function unplanned(sources: TonightSources): Tonight['unplanned'] {
  return sources.sequences
    .filter((sequence) => sequence.status === 'UNPLANNABLE')
    .map(({ name, program, reason }) => ({ name, program, reason }));
}

/** Dark time in which the dome was not open, up to now. */
export function lostStretches(sources: TonightSources): Tonight['lost'] {
  const { unit, observatory, facts, nowMs } = sources;
  const dark = observatory && sunBelow(unit.site, observatory.night, unit.night.scienceSunAltDeg);
  if (!dark || nowMs <= dark.startMs) return [];
  const soFar = { startMs: dark.startMs, endMs: Math.min(dark.endMs, nowMs) };
  return closedStretches({ facts, dark: soFar }).map(({ fromMs, toMs, cause }) => {
    return { from: iso(fromMs), to: iso(toMs), cause };
  });
}

/** How far the night is, from the start of the chart to its end. */
export function nightFraction(
  marks: { chartStart: string; chartEnd: string },
  nowMs: number,
): number {
  const [from, to] = [parseIso(marks.chartStart), parseIso(marks.chartEnd)];
  return Math.min(1, Math.max(0, (nowMs - from) / (to - from)));
}
