import type { ReactNode } from 'react';
import { ThemeButton } from '../theme/theme-button.tsx';
import { ReportBody } from './report-body.tsx';
import { type ReportState, useReport } from './use-report.ts';

/** The page "Night report": to be read in the morning, and printed. */
export function ReportPage() {
  const state = useReport();
  return (
    <>
      <header className="frame frame-report">
        <a className="brand" href="/">
          ← Tonight
        </a>
        <p className="place">Night report</p>
        <button type="button" className="print-button" onClick={() => window.print()}>
          Print
        </button>
        <ThemeButton />
      </header>
      <main className="report" aria-busy={state.kind === 'waiting'}>
        {content(state)}
      </main>
    </>
  );
}

function content(state: ReportState): ReactNode {
  if (state.kind === 'waiting') return <div className="bone bone-report" />;
  if (state.kind === 'report') return <ReportBody report={state.report} />;
  return (
    <section className="report-none">
      <h1>{state.reason}</h1>
      <p>
        The report is written when the Sun has risen and the dome is closed. Until then,{' '}
        <a href="/">follow the night</a>.
      </p>
    </section>
  );
}
