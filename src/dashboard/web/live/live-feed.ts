import type { Tonight } from '../../tonight.ts';
import { type LinkState, type LinkWatch, linkState, nextLinkAction } from './link-watch.ts';
import { adoptReading, type ClockReading, observatoryNow } from './observatory-clock.ts';

/** What the page draws; a new object only when something changed. */
export interface Snapshot {
  readonly tonight: Tonight | null;
  readonly link: LinkState;
}

/** How often the clocks of the page move, and the link is looked after, real ms. */
const TICK_MS = 125;
const WATCH_MS = 500;

/**
 * The live state of the page: follows the event stream, asks for the whole when it keeps silent,
 * and opens it again when it broke. One for the page; components read it through the hooks.
 */
export class LiveFeed {
  #snapshot: Snapshot = { tonight: null, link: 'connecting' };
  #reading: ClockReading | null = null;
  #source: EventSource | null = null;
  #watch: LinkWatch = {
    source: 'connecting',
    openedAtMs: performance.now(),
    lastMessageMs: null,
    lastPollMs: 0,
  };
  readonly #onChange = new Set<() => void>();
  readonly #onTick = new Set<() => void>();

  start(): void {
    this.#open();
    this.#poll();
    setInterval(() => this.#lookAfterLink(), WATCH_MS);
    setInterval(() => {
      for (const listener of this.#onTick) listener();
    }, TICK_MS);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#poll();
    });
  }

  readonly subscribe = (listener: () => void) => listen(this.#onChange, listener);
  readonly subscribeToTicks = (listener: () => void) => listen(this.#onTick, listener);
  readonly snapshot = (): Snapshot => this.#snapshot;

  /** The observatory's instant, UTC ms; null before the first message. */
  now(): number | null {
    return this.#reading && observatoryNow(this.#reading, performance.now());
  }

  /** Real seconds since the last message, or since the page was opened. */
  silentSeconds(): number {
    return (performance.now() - (this.#watch.lastMessageMs ?? 0)) / 1000;
  }

  #open(): void {
    this.#source?.close();
    const source = new EventSource('/api/live');
    this.#source = source;
    this.#watch = { ...this.#watch, source: 'connecting', openedAtMs: performance.now() };
    source.addEventListener('open', () => this.#noteSource(source));
    source.addEventListener('error', () => this.#noteSource(source));
    source.addEventListener('tonight', (event: MessageEvent<string>) => this.#accept(event.data));
  }

  #noteSource(source: EventSource): void {
    if (source !== this.#source) return;
    const states = ['connecting', 'open', 'closed'] as const;
    this.#watch = { ...this.#watch, source: states[source.readyState] ?? 'closed' };
  }

  #lookAfterLink(): void {
    const now = performance.now();
    const action = nextLinkAction(this.#watch, now);
    if (action === 'reopen') this.#open();
    if (action === 'poll') this.#poll();
    const link = linkState(this.#watch, now);
    if (link !== this.#snapshot.link) this.#publish({ ...this.#snapshot, link });
  }

  #poll(): void {
    this.#watch = { ...this.#watch, lastPollMs: performance.now() };
    fetch('/api/tonight', { cache: 'no-store', signal: AbortSignal.timeout(5000) })
      .then(async (answer) => {
        if (answer.ok) this.#accept(await answer.text());
      })
      // A lost server is what the link state tells of; the next look tries again.
      .catch(() => undefined);
  }

  #accept(text: string): void {
    const tonight = parseTonight(text);
    if (!tonight) return;
    const pageMs = performance.now();
    const next = { observatoryMs: Date.parse(tonight.now), rate: tonight.rate, pageMs };
    this.#reading = adoptReading(this.#reading, next);
    this.#watch = { ...this.#watch, lastMessageMs: pageMs };
    this.#publish({ tonight, link: 'live' });
  }

  #publish(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#onChange) listener();
  }
}

function parseTonight(text: string): Tonight | null {
  try {
    const value = JSON.parse(text) as Tonight;
    return Number.isNaN(Date.parse(value.now)) ? null : value;
  } catch {
    return null;
  }
}

function listen(listeners: Set<() => void>, listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
