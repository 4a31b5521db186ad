import type { SightStep } from '../../tonight.ts';
import { fitText } from '../marks/place-labels.ts';
import { HourAxis, NightBackdrop, NowLine } from '../night/night-backdrop.tsx';
import { Section } from '../parts/section.tsx';
import { LineMark } from './elevation-chart.tsx';
import { highestLevel, stepLabels, stepPath } from './step-line.ts';
import type { ChartProps } from './use-choice.ts';

const LEVEL_PX = 26;
const TOP_PX = 22;
const FOOT_PX = 12;
/** The least number of levels, so that the chart keeps its height from one sequence to the next. */
const LEVELS = 4;

/** What stands against observing, by steps: of the chosen sequence and of the telescope (R-225). */
export function VisibilityChart({ page, plot, scale, choice }: ChartProps) {
  const { sight } = choice;
  const steps = sight?.steps ?? [];
  const levels = Math.max(LEVELS, highestLevel(steps, page.availability));
  const heightPx = TOP_PX + levels * LEVEL_PX + FOOT_PX;
  const y = (level: number) => heightPx - FOOT_PX - level * LEVEL_PX;
  return (
    <Section
      title="Visibility"
      className="schedule-visibility"
      testId="visibility"
      aside={<Legend name={sight?.name ?? 'chosen sequence'} />}
    >
      <div className="chart" style={{ height: heightPx }}>
        <LevelNames y={y} levels={levels} compact={plot.compact} />
        <svg
          className="after-gutter"
          width={plot.widthPx}
          height={heightPx}
          role="img"
          aria-label={`How many things stand against observing${sight ? ` ${sight.name}` : ''}, by steps; 0 is visible`}
        >
          <NightBackdrop marks={page.twilight} scale={scale} topPx={0} bottomPx={heightPx} />
          <Lines {...{ page, scale, steps, y }} />
          <NowLine scale={scale} topPx={0} bottomPx={heightPx} />
        </svg>
      </div>
      <svg className="after-gutter" width={plot.widthPx} height={20} aria-hidden="true">
        <HourAxis scale={scale} y={14} />
      </svg>
    </Section>
  );
}

interface LinesProps extends Pick<ChartProps, 'page' | 'scale'> {
  /** Of the chosen sequence. */
  readonly steps: readonly SightStep[];
  readonly y: (level: number) => number;
}

/** Where both lines run at the same level, one is just above and one just below it. */
function Lines({ page, scale, steps, y }: LinesProps) {
  return (
    <>
      <line className="zero-line" x2={scale.widthPx} y1={y(0)} y2={y(0)} />
      <path
        className="availability-line"
        d={stepPath(page.availability, scale, (level) => y(level) + 2)}
      />
      <path className="visibility-line" d={stepPath(steps, scale, (level) => y(level) - 2)} />
      {stepLabels(steps, scale).map(({ key, text, xPx, level }) => (
        <text key={key} className="step-label" x={xPx} y={y(level) - 8} textAnchor="middle">
          {text}
        </text>
      ))}
    </>
  );
}

interface LevelNamesProps {
  readonly y: (level: number) => number;
  readonly levels: number;
  readonly compact: boolean;
}

function LevelNames({ y, levels, compact }: LevelNamesProps) {
  return (
    <ul className="level-names" data-compact={compact} aria-hidden="true">
      {Array.from({ length: levels + 1 }, (_, level) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the level is the identity
        <li key={level} style={{ top: y(level) }}>
          {level === 0 && !compact ? '0 = visible, free' : level}
        </li>
      ))}
    </ul>
  );
}

const LEGEND_PX = 260;

function Legend({ name }: { name: string }) {
  return (
    <ul className="legend" aria-label="Lines of the chart">
      <li>
        <LineMark className="visibility-line" /> {fitText(name, LEGEND_PX)}
      </li>
      <li>
        <LineMark className="availability-line" /> telescope
      </li>
    </ul>
  );
}
