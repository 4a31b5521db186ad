/** What the page knows of its link to the server. Page times are monotonic ms. */
export interface LinkWatch {
  /** State of the event stream as the browser gives it. */
  readonly source: 'connecting' | 'open' | 'closed';
  /** When the stream was last (re)opened by the page. */
  readonly openedAtMs: number;
  readonly lastMessageMs: number | null;
  readonly lastPollMs: number;
}

export type LinkState = 'connecting' | 'live' | 'lost';
export type LinkAction = 'wait' | 'poll' | 'reopen';

/** Silence that an open stream may keep, and a broken one, before the page says so. */
const OPEN_SILENCE_MS = 8000;
const BROKEN_SILENCE_MS = 2500;
/** A stream that says nothing for so long is dropped, whatever the browser thinks of it. */
const MUTE_MS = 15_000;
const REOPEN_EVERY_MS = 3000;
const POLL_EVERY_MS = 4000;

export function linkState(watch: LinkWatch, nowMs: number): LinkState {
  const silence = nowMs - (watch.lastMessageMs ?? watch.openedAtMs);
  const allowed = watch.source === 'open' ? OPEN_SILENCE_MS : BROKEN_SILENCE_MS;
  if (silence > allowed) return 'lost';
  return watch.lastMessageMs === null ? 'connecting' : 'live';
}

/** What to do about it now: a plain request gets through where a proxy holds the stream back. */
export function nextLinkAction(watch: LinkWatch, nowMs: number): LinkAction {
  const open = nowMs - watch.openedAtMs;
  const silence = nowMs - (watch.lastMessageMs ?? watch.openedAtMs);
  if (watch.source === 'closed' && open >= REOPEN_EVERY_MS) return 'reopen';
  if (silence >= MUTE_MS && open >= MUTE_MS) return 'reopen';
  if (silence >= POLL_EVERY_MS && nowMs - watch.lastPollMs >= POLL_EVERY_MS) return 'poll';
  return 'wait';
}
