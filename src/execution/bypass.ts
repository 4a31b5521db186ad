import { nightId, type Site, SUNSET_ALT_DEG, sunAltitudeCrossing } from '#sky';

const DAY_MS = 86_400_000;

/** The wish of a person against what the PLC shows, at one moment; instants are UTC ms. */
export interface BypassLook {
  /** A person wants the PLC overruled. */
  readonly wished: boolean;
  readonly untilMs: number | null;
  /** The PLC shows it in its last frame; null: nothing fresh is known of the PLC. */
  readonly shown: boolean | null;
  /** It was shown since the wish began. */
  readonly wasShown: boolean;
  readonly nowMs: number;
  /** How long this life has waited for the PLC to show the wish, seconds. */
  readonly waitedSeconds: number;
  readonly echoSeconds: number;
}

/**
 * What to do about the bypass: ask the PLC for what is wished, or take the wish back because its time
 * is over, the PLC let go of it, or never showed it (`fail`: "PLC KO", R-454).
 */
export type BypassAct =
  | { readonly kind: 'rest' }
  | { readonly kind: 'ask'; readonly on: boolean }
  | { readonly kind: 'end'; readonly reason: string }
  | { readonly kind: 'fail' };

/** A bypass that is shown without a wish has no name and no reason: its end is asked for. */
export function bypassAct(look: BypassLook): BypassAct {
  if (!look.wished) return look.shown ? { kind: 'ask', on: false } : { kind: 'rest' };
  // Written so that an unreadable end counts as over.
  if (!(look.untilMs !== null && look.nowMs < look.untilMs)) {
    return { kind: 'end', reason: 'its time is over' };
  }
  if (look.shown) return { kind: 'rest' };
  if (look.wasShown && look.shown === false) {
    return { kind: 'end', reason: 'the PLC shows it no more' };
  }
  return look.waitedSeconds < look.echoSeconds ? { kind: 'ask', on: true } : { kind: 'fail' };
}

/** When a bypass asked for now ends: as asked, never longer than allowed, never after sunrise. */
export function bypassEndMs(asked: {
  site: Site;
  nowMs: number;
  minutes: number;
  longestMinutes: number;
}): number {
  const { site, nowMs, minutes, longestMinutes } = asked;
  const endMs = nowMs + Math.min(minutes, longestMinutes) * 60_000;
  return Math.min(endMs, nextSunriseMs(site, nowMs) ?? endMs);
}

/** The next sunrise, UTC ms; null when there is none within a day, near a pole. */
export function nextSunriseMs(site: Site, nowMs: number): number | null {
  for (const ms of [nowMs, nowMs + DAY_MS]) {
    const { upMs } = sunAltitudeCrossing(site, nightId(ms, site.lonDeg), SUNSET_ALT_DEG);
    if (upMs !== null && upMs > nowMs) return upMs;
  }
  return null;
}
