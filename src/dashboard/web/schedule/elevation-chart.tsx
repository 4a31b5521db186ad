import type { MouseEvent } from 'react';
import type { ScheduleRow, SequenceSight } from '../../tonight.ts';
import { NightBackdrop, NowLine } from '../night/night-backdrop.tsx';
import { Section } from '../parts/section.tsx';
import { curvePath, elevationY, nearestCurve, stretchPath } from './curve-layout.ts';
import type { ChartProps } from './use-choice.ts';

const HEIGHT_PX = 176;
const LINES = [0, 30, 60];
/** More curves than this are a thicket: they step back behind what is observed. */
const MANY = 24;

/** How high the targets of the plan stand; where they are observed the line is thick. */
export function ElevationChart({ page, plot, scale, choice }: ChartProps) {
  const frame = { scale, heightPx: HEIGHT_PX };
  const pointed = ({ clientX, clientY, currentTarget }: MouseEvent<SVGSVGElement>) => {
    const { left, top } = currentTarget.getBoundingClientRect();
    return nearestCurve(page.rows, { x: clientX - left, y: clientY - top }, frame)?.sequenceId;
  };
  return (
    <Section
      title="Elevation"
      className="schedule-elevation"
      testId="elevation"
      aside={<CurveLegend />}
    >
      <div className="chart" style={{ height: HEIGHT_PX }}>
        <Scale compact={plot.compact} />
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list of rows above takes the keyboard */}
        <svg
          className="after-gutter"
          width={plot.widthPx}
          height={HEIGHT_PX}
          role="img"
          aria-label={chartSentence(page.rows, choice.sight)}
          onMouseMove={(event) => choice.hover(pointed(event) ?? null)}
          onMouseLeave={() => choice.hover(null)}
          onClick={(event) => {
            const id = pointed(event);
            if (id !== undefined) choice.choose(id);
          }}
        >
          <NightBackdrop marks={page.twilight} scale={scale} topPx={0} bottomPx={HEIGHT_PX} />
          <Curves {...{ page, plot, scale, choice }} />
          <LimitLine altDeg={choice.sight?.minAltDeg ?? page.minAltDeg} widthPx={plot.widthPx} />
          <NowLine scale={scale} topPx={0} bottomPx={HEIGHT_PX} />
        </svg>
      </div>
    </Section>
  );
}

function Curves({ page, scale, choice }: ChartProps) {
  const frame = { scale, heightPx: HEIGHT_PX };
  const raised = choice.hoveredId ?? choice.chosenId;
  const others = page.rows.filter((row) => row.sequenceId !== raised);
  const own = page.rows.find((row) => row.sequenceId === raised);
  const curve = own?.curve ?? (choice.sight?.sequenceId === raised ? choice.sight.curve : null);
  return (
    <>
      <path className="curve curve-moon" d={curvePath(page.moon.curve, frame)} />
      <g className={others.length > MANY ? 'curves-many' : ''}>
        {others.map((row) => (
          <Curve key={row.sequenceId} row={row} frame={frame} />
        ))}
      </g>
      {curve && <path className="curve curve-raised" d={curvePath(curve, frame)} />}
      {curve &&
        own?.bars.map((bar) => (
          <path
            key={bar.start}
            className="observed observed-raised"
            d={stretchPath(curve, bar, frame)}
          />
        ))}
    </>
  );
}

type Frame = Parameters<typeof curvePath>[1];

function Curve({ row, frame }: { row: ScheduleRow; frame: Frame }) {
  const { curve } = row;
  if (!curve) return null;
  return (
    <>
      <path className="curve" d={curvePath(curve, frame)} />
      {row.bars.map((bar) => (
        <path
          key={bar.start}
          className={`observed observed-${bar.state}${row.isAlert ? ' observed-alert' : ''}`}
          d={stretchPath(curve, bar, frame)}
        />
      ))}
    </>
  );
}

function Scale({ compact }: { compact: boolean }) {
  return (
    <ul className="level-names" data-compact={compact} aria-hidden="true">
      {LINES.map((altDeg) => (
        <li key={altDeg} style={{ top: elevationY(altDeg, HEIGHT_PX) }}>
          {altDeg}°
        </li>
      ))}
    </ul>
  );
}

function LimitLine({ altDeg, widthPx }: { altDeg: number; widthPx: number }) {
  const y = elevationY(altDeg, HEIGHT_PX);
  return (
    <>
      <line className="limit-line" x2={widthPx} y1={y} y2={y} />
      <text className="limit-text" x={widthPx - 4} y={y + 13} textAnchor="end">
        limit {altDeg}°
      </text>
    </>
  );
}

function CurveLegend() {
  return (
    <ul className="legend" aria-label="Lines of the chart">
      <li>
        <LineMark className="curve curve-raised" /> chosen
      </li>
      <li>
        <LineMark className="observed observed-planned" /> observed
      </li>
      <li>
        <LineMark className="curve curve-moon" /> Moon
      </li>
    </ul>
  );
}

/** A piece of line for a legend. */
export function LineMark({ className }: { className: string }) {
  return (
    <svg width="20" height="10" aria-hidden="true">
      <path className={className} d="M0 5H20" />
    </svg>
  );
}

function chartSentence(rows: readonly ScheduleRow[], sight: SequenceSight | null): string {
  const top = sight?.highest;
  const best =
    sight && top
      ? ` ${sight.name} stands highest, ${top.altDeg}°, at ${top.at.slice(11, 16)} UTC.`
      : '';
  return `Elevation of ${rows.length} targets through the night.${best}`;
}
