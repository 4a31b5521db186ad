import type { ObservatoryPage as Page, Tonight } from '../../tonight.ts';
import { span } from '../format/time.ts';
import { worse } from '../live/freshness.ts';
import { useJson } from '../live/use-json.ts';
import { useAge, useLinkFreshness, useSnapshot } from '../live/use-live.ts';
import { WeatherTraces } from '../night/weather-traces.tsx';
import { OperatorBar } from '../operator/operator-bar.tsx';
import { OperatorContext, useOperatorDesk } from '../operator/use-operator.ts';
import { Frame } from '../parts/frame.tsx';
import { LinkBanner } from '../parts/link-banner.tsx';
import { Shape } from '../parts/shape.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { AlarmList } from './alarm-list.tsx';
import { ControlPanel } from './control-panel.tsx';
import { DeviceTable } from './device-table.tsx';
import { DomePanel } from './dome-panel.tsx';
import { PauseList } from './pause-list.tsx';
import { SensorTable } from './sensor-table.tsx';
import { ValueRow } from './value-row.tsx';

/** The page "Observatory": its state, why it is so, and the buttons of people. */
export function ObservatoryPage() {
  const { tonight } = useSnapshot();
  const desk = useOperatorDesk();
  // Each message of the feed is a reason to look again.
  const { value } = useJson<Page>('/api/observatory', tonight?.now ?? '');
  return (
    <OperatorContext value={desk}>
      <Frame tonight={tonight} here="observatory" />
      <LinkBanner />
      {value && tonight ? <Observatory page={value} tonight={tonight} /> : <Skeleton />}
    </OperatorContext>
  );
}

function Observatory({ page, tonight }: { page: Page; tonight: Tonight }) {
  const age = useAge(page.now);
  const fresh = worse(age.freshness, useLinkFreshness());
  const stale = fresh !== 'fresh';
  // Before everything else when there are any.
  const hasAlarms = page.alarms.length > 0;
  return (
    <main className="page observatory">
      <section className="sentence" data-fresh={fresh} aria-label="State of the observatory">
        <title>{`${page.sentence} — PyROS`}</title>
        <h1
          className="value"
          data-testid="sentence"
          data-long={page.sentence.length > 90}
          aria-live="polite"
        >
          {page.sentence}
        </h1>
      </section>
      {stale && <StaleBanner seconds={age.seconds} />}
      <ValueRow values={page.values} />
      <div className="page-left">
        {hasAlarms && <AlarmList alarms={page.alarms} />}
        <PauseList pauses={page.pauses} />
        <WeatherTraces tonight={tonight} />
        <SensorTable sensors={page.sensors} />
      </div>
      <div className="page-right">
        <OperatorBar />
        <ControlPanel page={page} stale={stale} />
        <DomePanel dome={page.dome} />
        {!hasAlarms && <AlarmList alarms={page.alarms} />}
      </div>
      <DeviceTable devices={page.devices} />
    </main>
  );
}

/** What was seen is no longer what is: nothing but closing may be asked from such a page. */
function StaleBanner({ seconds }: { seconds: number | null }) {
  return (
    <p className="stale-banner" role="status" data-tone="warning" data-testid="stale">
      <Shape tone="warning" />
      This page is {seconds === null ? 'not fresh' : `${span(seconds)} old`}. Until it is fresh
      again, closing is all that can be asked from it.
    </p>
  );
}
