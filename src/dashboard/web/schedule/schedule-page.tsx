import { type CSSProperties, useState } from 'react';
import type { SchedulePage as Page } from '../../tonight.ts';
import { useJson } from '../live/use-json.ts';
import { useSnapshot } from '../live/use-live.ts';
import { timeScale } from '../marks/time-scale.ts';
import { usePlot } from '../night/use-plot.ts';
import { Frame } from '../parts/frame.tsx';
import { LinkBanner } from '../parts/link-banner.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { ChosenPanel } from './chosen-panel.tsx';
import { ElevationChart } from './elevation-chart.tsx';
import { PlanHistory } from './plan-history.tsx';
import { ScheduleGantt } from './schedule-gantt.tsx';
import { ScheduleHead } from './schedule-head.tsx';
import { UnplannedTable } from './unplanned-table.tsx';
import { useChoice } from './use-choice.ts';
import { VisibilityChart } from './visibility-chart.tsx';

/** The page "Schedule": the plan of the night, why it is so, and how it came about. */
export function SchedulePage() {
  const { tonight } = useSnapshot();
  const { value } = useJson<Page>('/api/schedule', tonight?.scheduleRevision ?? '');
  return (
    <>
      <Frame tonight={tonight} here="schedule" />
      <LinkBanner />
      {value ? <Plan page={value} /> : <Skeleton />}
    </>
  );
}

function Plan({ page }: { page: Page }) {
  const plot = usePlot();
  const { chartStart, chartEnd } = page.twilight;
  const scale = timeScale(Date.parse(chartStart), Date.parse(chartEnd), plot.widthPx);
  const choice = useChoice(page);
  const [filter, setFilter] = useState('');
  const charts = { page, plot, scale, choice };
  return (
    <main className="page schedule" style={{ '--gutter': `${plot.gutterPx}px` } as CSSProperties}>
      <ScheduleHead page={page} />
      <div className="schedule-charts">
        <ScheduleGantt {...charts} filter={filter} setFilter={setFilter} />
        <ElevationChart {...charts} />
        <VisibilityChart {...charts} />
      </div>
      <div className="schedule-side">
        <ChosenPanel page={page} choice={choice} />
        <UnplannedTable
          rows={page.unplanned}
          isPlanned={page.plan !== null}
          filter={filter}
          choice={choice}
        />
      </div>
      <PlanHistory {...charts} />
    </main>
  );
}
