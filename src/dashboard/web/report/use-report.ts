import { useEffect, useState } from 'react';
import type { NightReport } from '../../tonight.ts';

export type ReportState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'report'; readonly report: NightReport }
  /** There is none, or it could not be had: the server's sentence. */
  | { readonly kind: 'none'; readonly reason: string };

/** The last night report, asked for once. */
export function useReport(): ReportState {
  const [state, setState] = useState<ReportState>({ kind: 'waiting' });
  useEffect(() => {
    const leaving = new AbortController();
    fetchReport(leaving.signal).then((next) => {
      if (!leaving.signal.aborted) setState(next);
    });
    return () => leaving.abort();
  }, []);
  return state;
}

async function fetchReport(signal: AbortSignal): Promise<ReportState> {
  try {
    const answer = await fetch('/api/report', { cache: 'no-store', signal });
    const body: unknown = await answer.json();
    if (answer.ok) return { kind: 'report', report: body as NightReport };
    return { kind: 'none', reason: errorOf(body) ?? 'There is no report yet.' };
  } catch {
    return { kind: 'none', reason: 'The server does not answer. Load the page again in a moment.' };
  }
}

function errorOf(body: unknown): string | null {
  const error = (body as { error?: unknown } | null)?.error;
  return typeof error === 'string' ? error : null;
}
