import { type MouseEvent, type ReactNode, type UIEvent, useMemo, useRef, useState } from 'react';
import type { ScheduleRow } from '../../tonight.ts';
import { count } from '../format/quantity.ts';
import { utcMinutes } from '../format/time.ts';
import {
  HourAxis,
  MoonBand,
  NightBackdrop,
  NowLine,
  TwilightLabels,
} from '../night/night-backdrop.tsx';
import { Section } from '../parts/section.tsx';
import { matches, moonText, type RowSizes, rowSizes, visibleRows } from './row-layout.ts';
import { RowList } from './row-list.tsx';
import { ScheduleLegend } from './schedule-legend.tsx';
import type { ChartProps, Choice } from './use-choice.ts';
import { rowKeys, useStartAtNow } from './use-rows.ts';

interface GanttProps extends ChartProps {
  readonly filter: string;
  readonly setFilter: (filter: string) => void;
}

/** The plan as a picture: a row for each sequence, what was done first, what is planned after it. */
export function ScheduleGantt(props: GanttProps) {
  const { page, plot, filter, setFilter } = props;
  const rows = useMemo(() => page.rows.filter((row) => matches(filter, row)), [page.rows, filter]);
  return (
    <Section
      title="The plan"
      className="schedule-gantt"
      testId="schedule-gantt"
      aside={<ScheduleLegend />}
    >
      <div ref={plot.ref} className={plot.compact ? 'chart-compact' : ''}>
        {plot.widthPx > 0 && <GanttHead {...props} />}
        {plot.widthPx > 0 && <Rows {...props} rows={rows} />}
        {plot.widthPx > 0 && (
          <svg className="after-gutter" width={plot.widthPx} height={20} aria-hidden="true">
            <HourAxis scale={props.scale} y={14} />
          </svg>
        )}
      </div>
      <label className="filter">
        <span>Show only</span>
        <input
          type="search"
          value={filter}
          placeholder="name or program"
          onChange={(event) => setFilter(event.target.value)}
        />
        <span className="faint" aria-live="polite">
          {filter === ''
            ? count(page.rows.length, 'sequence')
            : `${rows.length} of ${count(page.rows.length, 'sequence')}`}
        </span>
      </label>
    </Section>
  );
}

const HEAD_PX = 40;

function GanttHead({ page, plot, scale }: GanttProps) {
  return (
    <div className="chart" style={{ height: HEAD_PX }}>
      <span className="chart-name" style={{ top: plot.compact ? 21 : 20 }}>
        {moonText(page.moon)}
      </span>
      <svg
        className="after-gutter"
        width={plot.widthPx}
        height={HEAD_PX}
        role="img"
        aria-label={moonSentence(page)}
      >
        <NightBackdrop marks={page.twilight} scale={scale} topPx={20} bottomPx={HEAD_PX} />
        <TwilightLabels marks={page.twilight} scale={scale} />
        <MoonBand moon={page.moon} scale={scale} y={plot.compact ? 28 : 22} />
        <NowLine scale={scale} topPx={16} bottomPx={HEAD_PX} />
      </svg>
    </div>
  );
}

function moonSentence({ moon }: GanttProps['page']): string {
  const at = (instant: string | null) =>
    instant === null ? 'not tonight' : `${utcMinutes(Date.parse(instant))} UTC`;
  return `${moonText(moon)} lit, rises ${at(moon.riseAt)}, sets ${at(moon.setAt)}`;
}

/** The box that scrolls: only the rows that it shows are drawn. */
function Rows({ page, plot, scale, choice, rows }: GanttProps & { rows: readonly ScheduleRow[] }) {
  const box = useRef<HTMLDivElement>(null);
  const sizes = rowSizes(plot.compact);
  const [topPx, setTopPx] = useState(0);
  const range = visibleRows(topPx, sizes, rows.length);
  const shown = rows.slice(range.first, range.end);
  useStartAtNow({ box, rows, sizes });
  const heightPx = Math.max(sizes.boxPx, rows.length * sizes.rowPx);
  const onKeyDown = rowKeys({ box, rows, sizes }, choice);
  return (
    <div
      ref={box}
      className="rows"
      style={{ height: sizes.boxPx }}
      onScroll={(event: UIEvent<HTMLElement>) => setTopPx(event.currentTarget.scrollTop)}
    >
      <RowPointer rows={rows} sizes={sizes} heightPx={heightPx} choice={choice}>
        <svg className="after-gutter" width={plot.widthPx} height={heightPx} aria-hidden="true">
          <NightBackdrop marks={page.twilight} scale={scale} topPx={0} bottomPx={heightPx} />
          <NowLine scale={scale} topPx={0} bottomPx={heightPx} />
        </svg>
        <RowList {...{ plot, scale, choice, sizes, onKeyDown }} rows={shown} first={range.first} />
        {rows.length === 0 && (
          <NoRows isFiltered={page.rows.length > 0} isNight={page.dark !== null} />
        )}
      </RowPointer>
    </div>
  );
}

interface RowPointerProps {
  readonly rows: readonly ScheduleRow[];
  readonly sizes: RowSizes;
  readonly heightPx: number;
  readonly choice: Choice;
  readonly children: ReactNode;
}

/** Takes pointer and finger anywhere on a row, its name included. */
function RowPointer({ rows, sizes, heightPx, choice, children }: RowPointerProps) {
  const rowAt = (event: MouseEvent<HTMLElement>) => {
    const { top } = event.currentTarget.getBoundingClientRect();
    return rows[Math.floor((event.clientY - top) / sizes.rowPx)]?.sequenceId ?? null;
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list inside takes the keyboard
    // biome-ignore lint/a11y/noStaticElementInteractions: the list inside carries the roles
    <div
      className="rows-all"
      style={{ height: heightPx }}
      onMouseMove={(event) => choice.hover(rowAt(event))}
      onMouseLeave={() => choice.hover(null)}
      onClick={(event) => {
        const row = rowAt(event);
        if (row !== null) choice.choose(row);
      }}
    >
      {children}
    </div>
  );
}

function NoRows({ isFiltered, isNight }: { isFiltered: boolean; isNight: boolean }) {
  const text = isFiltered
    ? 'No sequence of tonight has these words in its name or program.'
    : isNight
      ? 'Nothing is planned yet. The scheduler fills this chart from the accepted requests; submit one and it appears here within seconds.'
      : 'The Sun does not go low enough tonight: there is nothing to plan.';
  return <p className="empty plot-empty">{text}</p>;
}
