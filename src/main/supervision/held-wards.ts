import type { Ward } from './ward.ts';
import { type WardPlace, WardProcess } from './ward-process.ts';

/**
 * Launches processes and waits until each has loaded its code; they begin when a supervisor starts
 * them. So a run on real time loses none of it to the start of its processes. Rejects with
 * `PROCESS_FAILED`, and then none is left.
 */
export async function loadWards(
  wards: readonly Ward[],
  place: WardPlace,
): Promise<ReadonlyMap<string, WardProcess>> {
  const held = new Map(
    wards.map((ward) => [ward.name, new WardProcess(ward, place, { held: true })]),
  );
  try {
    await Promise.all([...held.values()].map((process) => process.loaded));
    return held;
  } catch (error) {
    for (const process of held.values()) process.kill();
    throw error;
  }
}
