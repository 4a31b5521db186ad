import type { Reader } from '#agent';
import type { PlcSpec } from '#unit';
import { weatherSince } from './environment-store.ts';
import { type PredictedLimit, TREND_WINDOW_MS, weatherTrends } from './predicted-limit.ts';

/** The limit that the weather reaches first by its trend, from the history; null: none soon. */
export async function predictedLimit(
  reader: Reader,
  { spec, nowMs }: { spec: PlcSpec; nowMs: number },
): Promise<PredictedLimit | null> {
  const history = await weatherSince(reader, nowMs - TREND_WINDOW_MS);
  return weatherTrends(history, spec.limits, nowMs)[0] ?? null;
}
