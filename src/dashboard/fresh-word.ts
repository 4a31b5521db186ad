import { parseIso } from '#platform';

/** The moment of a page, UTC ms, and how old a word on safety may be. */
interface PageTime {
  readonly nowMs: number;
  readonly maxAgeSeconds: number;
}

/** The dome is asked all the time: what it said before that is not known any more, seconds. */
const DOME_AGE_SECONDS = 60;

/**
 * Whether a word of that instant may still be believed; an empty one never. One that is dated ahead is
 * not fresh but of a clock that was set since (hazard F41).
 */
export function isFreshWord(at: string, { nowMs, maxAgeSeconds }: PageTime): boolean {
  return at !== '' && Math.abs(nowMs - parseIso(at)) <= maxAgeSeconds * 1000;
}

/** Where the shutter is; `unknown` where the dome has been silent: what is not known is not closed. */
export function shutterNow(
  dome: { readonly updated: string; readonly status: Record<string, unknown> } | null | undefined,
  { nowMs, maxAgeSeconds }: PageTime,
): string {
  const seconds = Math.max(maxAgeSeconds, DOME_AGE_SECONDS);
  if (!dome || !isFreshWord(dome.updated, { nowMs, maxAgeSeconds: seconds })) return 'unknown';
  const { shutter } = dome.status;
  return typeof shutter === 'string' ? shutter : 'unknown';
}
