import type { Tonight } from '../tonight.ts';
import { useSnapshot } from './live/use-live.ts';
import { NightGantt } from './night/night-gantt.tsx';
import { WeatherTraces } from './night/weather-traces.tsx';
import { AgentList } from './parts/agent-list.tsx';
import { AlertCard } from './parts/alert-card.tsx';
import { FactList } from './parts/fact-list.tsx';
import { Frame } from './parts/frame.tsx';
import { LastImages } from './parts/last-images.tsx';
import { LinkBanner } from './parts/link-banner.tsx';
import { NightProgress } from './parts/night-progress.tsx';
import { Sentence } from './parts/sentence.tsx';
import { Skeleton } from './parts/skeleton.tsx';
import { StateRow } from './parts/state-row.tsx';
import { UnplannedList } from './parts/unplanned-list.tsx';
import { SkyView } from './sky/sky-view.tsx';

/** The page "Tonight". */
export function App() {
  const { tonight } = useSnapshot();
  return (
    <>
      <Frame tonight={tonight} here="tonight" />
      <LinkBanner />
      {tonight ? <Night tonight={tonight} /> : <Skeleton />}
    </>
  );
}

function Night({ tonight }: { tonight: Tonight }) {
  return (
    <main className="page" data-alert={tonight.alert ? 'yes' : 'no'}>
      <Sentence tonight={tonight} />
      <StateRow tonight={tonight} />
      <div className="page-left">
        <div className="area-night">
          <NightGantt tonight={tonight} />
          <UnplannedList tonight={tonight} />
        </div>
        <WeatherTraces tonight={tonight} />
      </div>
      <div className="page-right">
        <SkyView tonight={tonight} />
        <AlertCard alert={tonight.alert} />
      </div>
      <div className="page-below">
        <LastImages images={tonight.lastImages} />
        <FactList facts={tonight.facts} />
        <div className="area-health">
          <NightProgress tonight={tonight} />
          <AgentList agents={tonight.agents} />
        </div>
      </div>
    </main>
  );
}
