import { type KeyboardEvent, type MouseEvent, useId, useState } from 'react';
import type { PlannedBar, Tonight } from '../../tonight.ts';
import { Section } from '../parts/section.tsx';
import { BarMark } from './bar-mark.tsx';
import { barKey, barsInTime, type GanttLayout, ganttLayout, nearestBar } from './gantt-layout.ts';
import { GanttLegend } from './gantt-legend.tsx';
import { barSentence, GanttTip } from './gantt-tip.tsx';
import { LostCauses, LostStrip } from './lost-strip.tsx';
import { HourAxis, MoonBand, NightBackdrop, NowLine, TwilightLabels } from './night-backdrop.tsx';
import { type Plot, usePlot } from './use-plot.ts';

/** The night as one picture: twilights, Moon, what is planned, what was done, what was lost. */
export function NightGantt({ tonight }: { tonight: Tonight }) {
  const plot = usePlot();
  const layout = ganttLayout(tonight, plot.widthPx, plot.compact);
  const [pickedKey, setPickedKey] = useState<string | null>(null);
  const picked = tonight.plan.find((bar) => barKey(bar) === pickedKey) ?? null;
  const pick = (bar: PlannedBar | null) => setPickedKey(bar && barKey(bar));
  return (
    <Section title="The night" className="gantt" testId="gantt" aside={<GanttLegend />}>
      <div
        ref={plot.ref}
        className={plot.compact ? 'chart chart-compact' : 'chart'}
        style={{ height: layout.heightPx }}
      >
        <GanttNames tonight={tonight} layout={layout} />
        <div className="plot" style={{ left: plot.gutterPx }}>
          {plot.widthPx > 0 && (
            <GanttPlot tonight={tonight} layout={layout} picked={picked} pick={pick} />
          )}
          {picked && <GanttTip bar={picked} layout={layout} />}
          {tonight.plan.length === 0 && <EmptyPlan plot={plot} />}
        </div>
      </div>
    </Section>
  );
}

function EmptyPlan({ plot }: { plot: Plot }) {
  return (
    <p className="empty plot-empty" style={{ width: Math.min(plot.widthPx, 520) }}>
      Nothing is planned yet. The scheduler fills this chart from the accepted requests before the
      Sun sets.
    </p>
  );
}

function GanttNames({ tonight, layout }: { tonight: Tonight; layout: GanttLayout }) {
  const moon = `Moon ${Math.round(tonight.moon.illumination * 100)} %`;
  const names = [
    { text: moon, top: layout.moonY - 2 },
    ...layout.rows.map((row) => ({ text: row.label, top: row.y })),
    { text: 'Dome', top: layout.domeY },
  ];
  return (
    <ul className="chart-names" aria-hidden="true">
      {names.map(({ text, top }) => (
        <li key={text} className="chart-name" style={{ top }}>
          {text}
        </li>
      ))}
    </ul>
  );
}

interface GanttPlotProps {
  readonly tonight: Tonight;
  readonly layout: GanttLayout;
  readonly picked: PlannedBar | null;
  readonly pick: (bar: PlannedBar | null) => void;
}

function GanttPlot({ tonight, layout, picked, pick }: GanttPlotProps) {
  const { scale, moonY, axisY, heightPx } = layout;
  const point = (event: MouseEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    pick(nearestBar(layout, { x: event.clientX - box.left, y: event.clientY - box.top }));
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list of bars inside takes the keyboard
    // biome-ignore lint/a11y/noSvgWithoutTitle: the list of bars inside carries the text
    <svg
      width={scale.widthPx}
      height={heightPx}
      onMouseMove={point}
      onClick={point}
      onMouseLeave={() => pick(null)}
    >
      <NightBackdrop marks={tonight.twilight} scale={scale} topPx={moonY} bottomPx={axisY} />
      <TwilightLabels marks={tonight.twilight} scale={scale} />
      <MoonBand moon={tonight.moon} scale={scale} y={moonY} />
      <LostStrip lost={tonight.lost} layout={layout} />
      <NowLine scale={scale} topPx={moonY - 4} bottomPx={axisY} />
      <Bars layout={layout} plan={tonight.plan} picked={picked} pick={pick} />
      <LostCauses lost={tonight.lost} layout={layout} />
      <HourAxis scale={scale} y={axisY + 16} />
    </svg>
  );
}

interface BarsProps extends Omit<GanttPlotProps, 'tonight'> {
  readonly plan: readonly PlannedBar[];
}

/** One stop for the keyboard; the arrow keys go from bar to bar in time. */
function Bars({ layout, plan, picked, pick }: BarsProps) {
  const id = useId();
  const inTime = barsInTime(plan);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') pick(null);
    if (step === undefined) return;
    event.preventDefault();
    const from = picked ? inTime.indexOf(picked) : step > 0 ? -1 : inTime.length;
    pick(inTime[Math.min(inTime.length - 1, Math.max(0, from + step))] ?? null);
  };
  return (
    <g
      role="listbox"
      tabIndex={plan.length > 0 ? 0 : -1}
      aria-label="Sequences of the night; the arrow keys go from one to the next"
      aria-activedescendant={picked ? `${id}-${barKey(picked)}` : undefined}
      onKeyDown={move}
      onBlur={() => pick(null)}
      onFocus={() =>
        pick(picked ?? inTime.find((bar) => bar.state === 'running') ?? inTime[0] ?? null)
      }
    >
      {layout.rows.flatMap((row) =>
        row.bars.map(({ bar, x, y, width }) => (
          <g
            key={barKey(bar)}
            id={`${id}-${barKey(bar)}`}
            role="option"
            tabIndex={-1}
            aria-selected={bar === picked}
            aria-label={barSentence(bar)}
          >
            <BarMark {...bar} x={x} y={y} width={width} height={layout.barPx} />
          </g>
        )),
      )}
    </g>
  );
}
