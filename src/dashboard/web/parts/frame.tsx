import type { Tonight } from '../../tonight.ts';
import { hoursMinutesSeconds, siderealAfter, utcSeconds } from '../format/time.ts';
import { useLinkFreshness, useNow } from '../live/use-live.ts';
import { ThemeButton } from '../theme/theme-button.tsx';

type PageName = 'tonight' | 'schedule' | 'observatory' | 'simulator';

const PAGES: readonly { name: PageName; href: string; title: string }[] = [
  { name: 'tonight', href: '/', title: 'Tonight' },
  { name: 'schedule', href: '/schedule', title: 'Schedule' },
  { name: 'observatory', href: '/observatory', title: 'Observatory' },
  { name: 'simulator', href: '/simulator', title: 'Simulator' },
];

/** What every page carries on top: who, the other pages, which night, what time. */
export function Frame({ tonight, here }: { tonight: Tonight | null; here: PageName }) {
  return (
    <header className="frame">
      <a className="brand" href="/" aria-label="PyROS, the page Tonight">
        <Dome />
        <span>PyROS</span>
      </a>
      <nav className="pages" aria-label="Pages">
        {PAGES.filter((page) => isOffered(page.name, tonight)).map(({ name, href, title }) => (
          <a key={name} href={href} aria-current={name === here ? 'page' : undefined}>
            {title}
          </a>
        ))}
      </nav>
      <p className="place">
        {tonight && (
          <>
            <span className="place-unit">{tonight.unit}</span>
            <span className="place-site">{tonight.site.name}</span>
          </>
        )}
      </p>
      {tonight?.simulated && <SimulationBadge rate={tonight.rate} />}
      <Clocks tonight={tonight} />
      <ThemeButton />
    </header>
  );
}

/** Nobody looks for simulators where everything is real. */
function isOffered(name: PageName, tonight: Tonight | null): boolean {
  return name !== 'simulator' || tonight?.simulated !== false;
}

function SimulationBadge({ rate }: { rate: number }) {
  return (
    <span className="badge" data-testid="rate">
      Simulation{' '}
      <span className="badge-rate">×{rate < 10 ? Number(rate.toFixed(1)) : rate.toFixed(0)}</span>
    </span>
  );
}

function Clocks({ tonight }: { tonight: Tonight | null }) {
  const now = useNow();
  const fresh = useLinkFreshness();
  const elapsedMs = tonight ? now - Date.parse(tonight.now) : 0;
  return (
    <dl className="clocks" data-fresh={tonight ? fresh : 'fresh'}>
      <div className="clock clock-night">
        <dt>Night</dt>
        <dd className="value">{tonight?.night ?? '––––-––-––'}</dd>
      </div>
      <div className="clock clock-lst">
        <dt>LST</dt>
        <dd className="value" data-testid="lst">
          {tonight
            ? hoursMinutesSeconds(siderealAfter(tonight.siderealHours, elapsedMs))
            : '––:––:––'}
        </dd>
      </div>
      <div className="clock clock-utc">
        <dt>UTC</dt>
        <dd className="value" data-testid="utc">
          {tonight ? `${utcSeconds(now)}Z` : '––:––:––Z'}
        </dd>
      </div>
    </dl>
  );
}

function Dome() {
  return (
    <svg viewBox="0 0 24 20" width="24" height="20" aria-hidden="true">
      <path
        d="M2 16a9 9 0 0 1 6.9-8.7L13 16Zm20 0a9 9 0 0 0-6.9-8.7L16.2 16ZM1 17.4h22V19H1Z"
        fill="currentColor"
      />
      <circle className="brand-star" cx="11.8" cy="2.6" r="1.9" />
    </svg>
  );
}
