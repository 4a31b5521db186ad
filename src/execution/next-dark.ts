import { nightId, sunAltitudeCrossing } from '#sky';
import type { Unit } from '#unit';

const DAY_MS = 86_400_000;
/** Where the Sun does not set, it is looked for again after this, milliseconds. */
const RETRY_MS = 3_600_000;

/**
 * When the Sun will next be low enough for the dome to be open, UTC ms; null when it will not within
 * this night and the next, near a pole.
 */
export function nextDarkMs(
  { site, night }: Pick<Unit, 'site' | 'night'>,
  nowMs: number,
): number | null {
  for (const ms of [nowMs, nowMs + DAY_MS]) {
    const { downMs } = sunAltitudeCrossing(site, nightId(ms, site.lonDeg), night.openSunAltDeg);
    if (downMs !== null && downMs > nowMs) return downMs;
  }
  return null;
}

/** The same, found once a day. */
export class NextDark {
  readonly #unit: Pick<Unit, 'site' | 'night'>;
  #known: { askedMs: number; darkMs: number | null } | null = null;

  constructor(unit: Pick<Unit, 'site' | 'night'>) {
    this.#unit = unit;
  }

  at(nowMs: number): number | null {
    const known = this.#known;
    const isValid =
      known && nowMs >= known.askedMs && nowMs < (known.darkMs ?? known.askedMs + RETRY_MS);
    if (isValid) return known.darkMs;
    this.#known = { askedMs: nowMs, darkMs: nextDarkMs(this.#unit, nowMs) };
    return this.#known.darkMs;
  }
}
