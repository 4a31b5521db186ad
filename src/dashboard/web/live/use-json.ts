import { useEffect, useRef, useState } from 'react';

/** What an address answered; the last good answer stays while the next one is fetched. */
export interface Answer<T> {
  readonly url: string | null;
  readonly value: T | null;
  /** The server's sentence when there is no answer to show. */
  readonly error: string | null;
}

/** The least time between two questions, real ms. */
const PAUSE_MS = 700;
const SILENT = 'The server does not answer; the page asks again.';

/** Fetches an address, again whenever `revision` is another, never twice at a time. */
export function useJson<T>(url: string | null, revision: string): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ url: null, value: null, error: null });
  const wanted = useRef(revision);
  wanted.current = revision;
  useEffect(() => {
    if (url === null) return;
    const leaving = new AbortController();
    let shown: string | null = null;
    let isAsking = false;
    const look = async () => {
      if (isAsking || wanted.current === shown) return;
      isAsking = true;
      const asked = wanted.current;
      const next = await ask<T>(url, leaving.signal);
      isAsking = false;
      if (leaving.signal.aborted) return;
      if (next.error !== SILENT) shown = asked;
      setAnswer((before) => kept(before, next));
    };
    void look();
    const timer = setInterval(look, PAUSE_MS);
    return () => {
      clearInterval(timer);
      leaving.abort();
    };
  }, [url]);
  return answer;
}

/** An address that fell silent keeps what it said last. */
function kept<T>(before: Answer<T>, next: Answer<T>): Answer<T> {
  if (next.value !== null || before.url !== next.url) return next;
  return { ...next, value: next.error === SILENT ? before.value : null };
}

async function ask<T>(url: string, signal: AbortSignal): Promise<Answer<T>> {
  try {
    const answer = await fetch(url, { cache: 'no-store', signal });
    const body = (await answer.json()) as T & { error?: unknown };
    if (answer.ok) return { url, value: body, error: null };
    const error = typeof body.error === 'string' ? body.error : SILENT;
    return { url, value: null, error };
  } catch {
    return { url, value: null, error: SILENT };
  }
}
