import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { LiveFeed } from './live/live-feed.ts';
import { LiveContext } from './live/use-live.ts';
import { ObservatoryPage } from './observatory/observatory-page.tsx';
import { ErrorBoundary } from './parts/error-boundary.tsx';
import { ReportPage } from './report/report-page.tsx';
import { SchedulePage } from './schedule/schedule-page.tsx';
import { SimulatorPage } from './simulator/simulator-page.tsx';
import { showRememberedTheme } from './theme/use-theme.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/states.css';
import './styles/night.css';
import './styles/bars.css';
import './styles/panels.css';
import './styles/report.css';
import './styles/schedule.css';
import './styles/schedule-charts.css';
import './styles/schedule-lists.css';
import './styles/schedule-narrow.css';
import './styles/operator.css';
import './styles/observatory.css';
import './styles/simulator.css';

showRememberedTheme();
const root = document.getElementById('app');
if (root)
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>{page(location.pathname)}</ErrorBoundary>
    </StrictMode>,
  );

function page(path: string) {
  const name = path.replace(/\/+$/, '');
  if (name === '/report') return <ReportPage />;
  const feed = new LiveFeed();
  feed.start();
  return <LiveContext value={feed}>{livePage(name)}</LiveContext>;
}

function livePage(name: string) {
  if (name === '/schedule') return <SchedulePage />;
  if (name === '/observatory') return <ObservatoryPage />;
  return name === '/simulator' ? <SimulatorPage /> : <App />;
}
