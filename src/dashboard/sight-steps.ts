import { iso } from '#platform';
import type { Obstacle, SightStep } from './schedule-page.ts';

/** A stretch of time, UTC ms. */
export interface Stretch {
  readonly startMs: number;
  readonly endMs: number;
}

/** A stretch of time in which something stands against observing. */
export interface Hindrance extends Obstacle, Stretch {}

/**
 * Cuts a span into steps at each change of what stands against observing: what overlaps adds up,
 * and neighbours with the same obstacles are one step.
 */
export function sightSteps(span: Stretch, hindrances: readonly Hindrance[]): SightStep[] {
  const ends = hindrances.flatMap(({ startMs, endMs }) => [startMs, endMs]);
  const inside = ends.filter((ms) => ms > span.startMs && ms < span.endMs);
  const cuts = [...new Set([span.startMs, ...inside, span.endMs])].sort((a, b) => a - b);
  const steps: SightStep[] = [];
  cuts.slice(0, -1).forEach((startMs, i) => {
    const endMs = cuts[i + 1] ?? span.endMs;
    const against = obstaclesAt(hindrances, (startMs + endMs) / 2);
    const before = steps.at(-1);
    if (before && sameObstacles(before.against, against)) {
      steps[steps.length - 1] = { ...before, end: iso(endMs) };
    } else steps.push({ start: iso(startMs), end: iso(endMs), against });
  });
  return steps;
}

/** The stretches of equal samples in which `isSo` holds; a sample stands for the step after it. */
export function stretchesOf(
  samples: { readonly startMs: number; readonly stepMs: number; readonly count: number },
  isSo: (index: number) => boolean,
): Stretch[] {
  const { startMs, stepMs, count } = samples;
  const found: Stretch[] = [];
  let from: number | null = null;
  for (let i = 0; i <= count; i++) {
    const holds = i < count && isSo(i);
    if (holds && from === null) from = startMs + i * stepMs;
    if (holds || from === null) continue;
    found.push({ startMs: from, endMs: startMs + i * stepMs });
    from = null;
  }
  return found;
}

/** What of a span lies outside a stretch; all of it when there is none. */
export function outside(span: Stretch, inner: Stretch | null): Stretch[] {
  if (!inner) return [span];
  const around = [
    { startMs: span.startMs, endMs: Math.min(inner.startMs, span.endMs) },
    { startMs: Math.max(inner.endMs, span.startMs), endMs: span.endMs },
  ];
  return around.filter(({ startMs, endMs }) => endMs > startMs);
}

function obstaclesAt(hindrances: readonly Hindrance[], ms: number): Obstacle[] {
  const found = new Map<string, Obstacle>();
  for (const { startMs, endMs, code, text } of hindrances) {
    if (ms >= startMs && ms < endMs && !found.has(code)) found.set(code, { code, text });
  }
  return [...found.values()];
}

function sameObstacles(a: readonly Obstacle[], b: readonly Obstacle[]): boolean {
  return a.length === b.length && a.every(({ text }, i) => text === b[i]?.text);
}
