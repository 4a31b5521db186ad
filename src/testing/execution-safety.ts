import { iso } from '#platform';
import { type SafetyRow, writeSafety } from '../environment/environment-store.ts';
import type { World } from './execution-world.ts';

/** What the env monitoring would say of the site, for a test to change as it goes. */
export interface FakeSafety {
  safe: boolean;
  mode: 'off' | 'manu' | 'auto';
  acknowledged: boolean;
  reasons: string[];
  /** False: the monitoring is silent. */
  speaking: boolean;
  stop(): void;
}

/** Writes the safety row every few seconds, in the place of the env monitoring. */
export function fakeSafety(world: World, first: Partial<FakeSafety> = {}): FakeSafety {
  const over = new AbortController();
  const safety: FakeSafety = {
    safe: true,
    mode: 'auto',
    acknowledged: true,
    reasons: [],
    speaking: true,
    ...first,
    stop: () => over.abort(),
  };
  void repeat(world, safety, over.signal);
  return safety;
}

async function repeat(world: World, safety: FakeSafety, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (safety.speaking) await write(world, safety);
    await world.clock.sleep(2, signal).catch(() => undefined);
  }
}

async function write(world: World, safety: FakeSafety): Promise<void> {
  const at = iso(world.clock.now());
  const row: SafetyRow = {
    updated: at,
    frame_at: at,
    mode: safety.mode,
    night_ack: safety.acknowledged ? 1 : 0,
    bypass: 0,
    safe: safety.safe ? 1 : 0,
    reasons: JSON.stringify(safety.reasons),
    refused_frames: 0,
  };
  await world.database.transaction((work) => writeSafety(work, row));
}
