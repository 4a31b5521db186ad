import type { ScheduleVersion, StoredSchedule } from '#planning';
import { iso, parseIso } from '#platform';
import { moonPosition, nightId, sunBelow } from '#sky';
import { availability } from './availability-view.ts';
import { elevationCurves, moonCurve } from './elevation-view.ts';
import { planVersion, versionOf } from './plan-version.ts';
import { lostStretches } from './plan-view.ts';
import type { SchedulePage, ScheduleRow } from './schedule-page.ts';
import { scheduleRevision } from './schedule-revision.ts';
import { lastPlannedMs, scheduleRows, unplannedRows } from './schedule-rows.ts';
import type { Stretch } from './sight-steps.ts';
import { chartSpan, nightMarks, sunAndMoon } from './sky-view.ts';
import type { TonightSources } from './tonight-sources.ts';

/** All that the page is made of. */
export interface ScheduleSources extends TonightSources {
  /** The plans of the night, the newest first. */
  readonly versions: readonly ScheduleVersion[];
}

const ROWS_WITH_CURVE = 100;

/** The page "Schedule": the same sources give the same page. */
export function scheduleView(sources: ScheduleSources): SchedulePage {
  const { unit, nowMs, schedule, versions } = sources;
  const night = nightId(nowMs, unit.site.lonDeg);
  // A plan of another night counts no more.
  const plan = schedule?.night === night ? schedule : null;
  const { twilight, moon } = nightMarks(sources, night);
  const span = chartSpan(twilight);
  const science = sunBelow(unit.site, night, unit.night.scienceSunAltDeg);
  const dark = science && { start: iso(science.startMs), end: iso(science.endMs) };
  const rows = withCurves(scheduleRows(sources, plan), sources, span);
  const unplanned = unplannedRows(sources, plan);
  const middleMs = (span.startMs + span.endMs) / 2;
  return {
    revision: scheduleRevision(sources),
    now: iso(nowMs),
    night,
    sentence: scheduleSentence(sources, { plan, dark, rows, unplanned: unplanned.length }),
    twilight,
    dark,
    moon: {
      ...moon,
      illumination: Math.round(moonPosition(unit.site, middleMs).illumination * 100) / 100,
      altDeg: sunAndMoon(sources).moon.altDeg,
      curve: moonCurve(unit.site, span),
    },
    minAltDeg: unit.night.minAltDeg,
    plan: plan && planVersion(versionOf(plan)),
    rows,
    unplanned,
    availability: availability({ span, dark, rows, closed: lostStretches(sources) }),
    versions: versions.map(planVersion),
  };
}

function withCurves(
  rows: readonly ScheduleRow[],
  { sequences, unit }: ScheduleSources,
  span: Stretch,
): ScheduleRow[] {
  const targets = new Map(sequences.map((one) => [one.id, one.skyTarget]));
  const drawn = rows.slice(0, ROWS_WITH_CURVE).flatMap(({ sequenceId }) => {
    const target = targets.get(sequenceId);
    return target ? [{ sequenceId, target }] : [];
  });
  const found = elevationCurves(
    drawn.map(({ target }) => target),
    unit.site,
    span,
  );
  const curves = new Map(drawn.map(({ sequenceId }, i) => [sequenceId, found[i] ?? null]));
  return rows.map((row) => ({ ...row, curve: curves.get(row.sequenceId) ?? null }));
}

interface Found {
  readonly plan: StoredSchedule | null;
  readonly dark: SchedulePage['dark'];
  readonly rows: readonly ScheduleRow[];
  readonly unplanned: number;
}

function scheduleSentence({ unit, nowMs }: ScheduleSources, found: Found): string {
  const { plan, dark, rows, unplanned } = found;
  if (!dark) {
    const limit = `${unit.night.scienceSunAltDeg}°`.replace('-', '−');
    return `No night to plan: the Sun stays above ${limit}.`;
  }
  if (!plan) return 'No plan yet for this night.';
  const ahead = rows.filter((row) => row.state === 'planned').length;
  const lastMs = lastPlannedMs(rows);
  const rest = unplanned > 0 ? `; ${unplanned} ${unplanned === 1 ? 'has' : 'have'} no place` : '';
  if (nowMs > parseIso(dark.end)) {
    return `The night is over${unplanned > 0 ? `; ${unplanned} found no place` : ''}.`;
  }
  if (lastMs === null) return `Nothing is planned for the rest of the night${rest}.`;
  const what = ahead === 0 ? 'The last sequence is running' : `${ahead} ${noun(ahead)} planned`;
  return `${what}, until ${iso(lastMs).slice(11, 16)} UTC${rest}.`;
}

function noun(count: number): string {
  return count === 1 ? 'sequence' : 'sequences';
}
