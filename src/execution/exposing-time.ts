import { parseIso } from '#platform';

/**
 * For how long, in the dark, at least one shutter was open, seconds. Channels that expose at the same
 * time count once: it is the telescope's time that is well spent or not.
 */
export function exposingSeconds(
  images: readonly { readonly start_at: string; readonly seconds: number }[],
  dark: { readonly startMs: number; readonly endMs: number } | null,
): number {
  if (!dark) return 0;
  const open = images
    .map(({ start_at, seconds }) => ({ fromMs: parseIso(start_at), seconds }))
    .sort((a, b) => a.fromMs - b.fromMs);
  let countedToMs = dark.startMs;
  let sumMs = 0;
  for (const { fromMs, seconds } of open) {
    const toMs = Math.min(fromMs + seconds * 1000, dark.endMs);
    sumMs += Math.max(0, toMs - Math.max(fromMs, countedToMs));
    countedToMs = Math.max(countedToMs, toMs);
  }
  return sumMs / 1000;
}
