import { iso } from '#platform';
import { type SafetyRow, writeSafety } from '../environment/environment-store.ts';
import type { World } from './execution-world.ts';

export { writeSafety } from '../environment/environment-store.ts';

/** What the env monitoring would say of the site, for a test to change as it goes. */
export interface FakeSafety {
  /** Raw. */
  safe: boolean;
  mode: 'off' | 'manu' | 'auto';
  acknowledged: boolean;
  /** Sentences: each a cause from the weather. */
  reasons: string[];
  /** What the PLC shows. */
  bypass: boolean;
  /** The PLC takes no bypass. */
  ignoresBypass: boolean;
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
    bypass: false,
    ignoresBypass: false,
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
  const never: readonly string[] = world.unit.plc.bypass.never;
  const keyOf = (sentence: string) => sentence.split(' ')[0] ?? sentence;
  const isCovered = safety.reasons.every((sentence) => !never.includes(keyOf(sentence)));
  const isOn = safety.bypass && isCovered;
  const causes = safety.reasons.map((sentence) => ({
    key: keyOf(sentence),
    kind: 'weather',
    sentence,
    since: at,
    earliestEnd: iso(world.clock.now() + 900_000),
  }));
  const row: SafetyRow = {
    updated: at,
    frame_at: at,
    mode: safety.mode,
    night_ack: safety.acknowledged ? 1 : 0,
    bypass: safety.bypass ? 1 : 0,
    bypass_state: safety.bypass ? (isOn ? 'on' : 'void') : 'off',
    bypass_since: safety.bypass ? at : null,
    raw_safe: safety.safe ? 1 : 0,
    safe: safety.safe || isOn ? 1 : 0,
    reasons: JSON.stringify(isOn ? [] : safety.reasons),
    causes: JSON.stringify(safety.safe ? [] : causes),
    clock_offset: 0,
    refused_frames: 0,
  };
  await world.database.transaction((work) => writeSafety(work, row));
}
