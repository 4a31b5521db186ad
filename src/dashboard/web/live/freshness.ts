/** `old` values are greyed with their age, `dead` ones crossed out, `never` were not read at all. */
export type Freshness = 'fresh' | 'old' | 'dead' | 'never';

/** Real seconds after which a value is greyed, and crossed out. */
export interface Patience {
  readonly oldAfter: number;
  readonly deadAfter: number;
}

const LIVE: Patience = { oldAfter: 10, deadAfter: 60 };
/** Weather traces come thinned, about a point a minute. */
export const TRACE: Patience = { oldAfter: 150, deadAfter: 600 };

/** Instants in observatory ms; `rate` in observatory seconds per real second. */
export interface AgeQuestion {
  readonly atMs: number | null;
  readonly nowMs: number;
  readonly rate: number;
  /** Real seconds since the page heard from the server: no value is fresher than that. */
  readonly silentSeconds: number;
}

/** The age of a value in real seconds, or null when it was never read. */
export function realAgeSeconds({ atMs, nowMs, rate, silentSeconds }: AgeQuestion): number | null {
  if (atMs === null) return null;
  const own = rate > 0 ? (nowMs - atMs) / 1000 / rate : 0;
  return Math.max(0, own, silentSeconds);
}

export function freshness(ageSeconds: number | null, patience = LIVE): Freshness {
  if (ageSeconds === null) return 'never';
  if (ageSeconds > patience.deadAfter) return 'dead';
  return ageSeconds > patience.oldAfter ? 'old' : 'fresh';
}

const ORDER: readonly Freshness[] = ['fresh', 'old', 'dead', 'never'];

/** The worse of two: a value is no fresher than the link that brought it. */
export function worse(a: Freshness, b: Freshness): Freshness {
  return ORDER.indexOf(a) > ORDER.indexOf(b) ? a : b;
}
