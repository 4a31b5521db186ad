/** An instant at which a quantity passes through zero. */
export interface Crossing {
  readonly atMs: number;
  readonly rising: boolean;
}

export interface CrossingSearch {
  readonly startMs: number;
  readonly endMs: number;
  /** Two crossings closer together than this may be missed. */
  readonly stepMs: number;
}

const PRECISION_MS = 50;

/** The zero crossings of a continuous function of time, oldest first, to 50 ms. */
export function crossings(f: (ms: number) => number, search: CrossingSearch): Crossing[] {
  const found: Crossing[] = [];
  let wasUp = f(search.startMs) >= 0;
  for (let fromMs = search.startMs; fromMs < search.endMs; fromMs += search.stepMs) {
    const toMs = Math.min(fromMs + search.stepMs, search.endMs);
    const isUp = f(toMs) >= 0;
    if (isUp !== wasUp) found.push({ atMs: bisect(f, fromMs, toMs), rising: isUp });
    wasUp = isUp;
  }
  return found;
}

function bisect(f: (ms: number) => number, fromMs: number, toMs: number): number {
  const startsUp = f(fromMs) >= 0;
  let [low, high] = [fromMs, toMs];
  while (high - low > PRECISION_MS) {
    const middle = (low + high) / 2;
    if (f(middle) >= 0 === startsUp) low = middle;
    else high = middle;
  }
  return Math.round((low + high) / 2);
}
