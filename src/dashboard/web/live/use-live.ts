import { createContext, useContext, useSyncExternalStore } from 'react';
import { instant } from '../format/time.ts';
import { type Freshness, freshness, realAgeSeconds } from './freshness.ts';
import type { LiveFeed, Snapshot } from './live-feed.ts';

export const LiveContext = createContext<LiveFeed | null>(null);

export function useSnapshot(): Snapshot {
  const feed = useFeed();
  return useSyncExternalStore(feed.subscribe, feed.snapshot);
}

/** The observatory's instant (UTC ms), drawn again when it has moved by `stepMs`. */
export function useNow(stepMs = 1000): number {
  const feed = useFeed();
  return useSyncExternalStore(
    feed.subscribeToTicks,
    () => Math.floor((feed.now() ?? 0) / stepMs) * stepMs,
  );
}

/** Whole real seconds since the server last spoke. */
export function useSilentSeconds(): number {
  const feed = useFeed();
  return useSyncExternalStore(feed.subscribeToTicks, () => Math.floor(feed.silentSeconds()));
}

/** How old a live value is: whole real seconds, and what to make of it. */
export interface Age {
  readonly seconds: number | null;
  readonly freshness: Freshness;
}

export function useAge(at: string | null): Age {
  const feed = useFeed();
  const seconds = useSyncExternalStore(feed.subscribeToTicks, () => {
    const rate = feed.snapshot().tonight?.rate ?? 1;
    const nowMs = feed.now() ?? 0;
    const silentSeconds = feed.silentSeconds();
    const age = realAgeSeconds({ atMs: instant(at), nowMs, rate, silentSeconds });
    return age === null ? null : Math.floor(age);
  });
  return { seconds, freshness: freshness(seconds) };
}

/** What to make of values that are as old as the last message. */
export function useLinkFreshness(): Freshness {
  return freshness(useSilentSeconds());
}

function useFeed(): LiveFeed {
  const feed = useContext(LiveContext);
  if (!feed) throw new Error('the live feed is missing above this component');
  return feed;
}
