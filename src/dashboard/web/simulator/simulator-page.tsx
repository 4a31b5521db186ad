import type { SimulatorPage as Page, Tonight } from '../../tonight.ts';
import { useJson } from '../live/use-json.ts';
import { useLinkFreshness, useSnapshot } from '../live/use-live.ts';
import { OperatorBar } from '../operator/operator-bar.tsx';
import { OperatorContext, useOperator, useOperatorDesk } from '../operator/use-operator.ts';
import { Frame } from '../parts/frame.tsx';
import { LinkBanner } from '../parts/link-banner.tsx';
import { Section } from '../parts/section.tsx';
import { Shape } from '../parts/shape.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { StateRow } from '../parts/state-row.tsx';
import { SimulatedDevice } from './fault-list.tsx';
import { PlcValues } from './plc-values.tsx';
import { allWell, quickPicks } from './quick-picks.ts';
import { type Driver, type DriverState, useDriver } from './use-driver.ts';

/** The page "Simulator": what is simulated, and how to make trouble of it. */
export function SimulatorPage() {
  const { tonight } = useSnapshot();
  const desk = useOperatorDesk();
  return (
    <OperatorContext value={desk}>
      <Frame tonight={tonight} here="simulator" />
      <LinkBanner />
      {tonight ? <Simulators tonight={tonight} /> : <Skeleton />}
    </OperatorContext>
  );
}

/** How often the simulators are looked at again, in messages of the feed's clock: real ms. */
const LOOK_MS = 2000;

function Simulators({ tonight }: { tonight: Tonight }) {
  const { operator } = useOperator();
  const { state, drive } = useDriver();
  const isLost = useLinkFreshness() !== 'fresh';
  const revision = `${state.turn} ${beatOf(tonight)}`;
  const { value: page, error } = useJson<Page>('/api/simulators', revision);
  const driver: Driver = { drive, refusal: refusalOf(operator !== null, isLost, state.busy) };
  return (
    <main className="page simulator">
      <section className="sentence" aria-label="What happens now">
        <title>Simulator — PyROS</title>
        <h1 className="value" data-testid="sentence" data-long={tonight.sentence.length > 90}>
          {tonight.sentence}
        </h1>
      </section>
      <StateRow tonight={tonight} />
      <div className="page-left">
        {page && <Picks page={page} driver={driver} state={state} />}
        {page && <PlcValues page={page} driver={driver} />}
        {!page && <p className="empty">{error ?? 'Asking the simulators.'}</p>}
      </div>
      <div className="page-right">
        <OperatorBar />
        {page && (
          <Section title="Simulated devices" className="area-simulated">
            {page.devices.length === 0 && <p className="empty">Nothing here is simulated.</p>}
            {page.devices.map((device) => (
              <SimulatedDevice key={device.name} device={device} driver={driver} />
            ))}
          </Section>
        )}
      </div>
    </main>
  );
}

/** Another number every two real seconds, as the observatory's clock tells them. */
function beatOf({ now, rate }: Tonight): number {
  return Math.floor(Date.parse(now) / (LOOK_MS * Math.max(rate, 1)));
}

function refusalOf(isOperator: boolean, isLost: boolean, isBusy: boolean): string | null {
  if (!isOperator) return 'This needs the operator’s key';
  if (isLost) return 'The server is silent';
  return isBusy ? 'Something is on its way' : null;
}

interface PicksProps {
  readonly page: Page;
  readonly driver: Driver;
  readonly state: DriverState;
}

function Picks({ page, driver, state }: PicksProps) {
  const well = allWell(page);
  return (
    <Section title="Make happen" className="area-picks" testId="picks">
      <div className="picks">
        {[...quickPicks(page), well].map((pick) => (
          <button
            key={pick.title}
            type="button"
            className="button pick"
            disabled={driver.refusal !== null || pick.steps.length === 0}
            onClick={() => void driver.drive(pick.steps, `${pick.title}: done.`)}
          >
            <strong>{pick.title}</strong>
            <span>{pick.what}</span>
          </button>
        ))}
      </div>
      <p className="last-action" data-tone={state.problem ? 'bad' : 'good'} aria-live="polite">
        {driver.refusal !== null && !state.busy && <span className="faint">{driver.refusal}.</span>}
        {driver.refusal === null && (state.problem ?? state.sentence) !== '' && (
          <>
            <Shape tone={state.problem ? 'bad' : 'good'} />
            <span>{state.problem ?? state.sentence}</span>
          </>
        )}
      </p>
    </Section>
  );
}
