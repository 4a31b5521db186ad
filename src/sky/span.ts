import { PyrosError } from '#platform';

/** A stretch of time, UTC ms. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

const LONGEST_DAYS = 400;

/** Refuses, with `BAD_SPAN`, a stretch that would take for ever to follow minute by minute. */
export function checkSpan({ startMs, endMs }: Span): void {
  const days = (endMs - startMs) / 86_400_000;
  if (days <= LONGEST_DAYS) return;
  throw new PyrosError('BAD_SPAN', `A target cannot be followed for ${days} days.`, {
    remedy: `Give a start and an end, at most ${LONGEST_DAYS} days apart.`,
  });
}
