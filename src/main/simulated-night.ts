import { createHash } from 'node:crypto';
import { factsAfter } from '#agent';
import type { Database } from '#db';
import { type NightReport, readNightReport } from '#execution';
import type { Unit } from '#unit';
import { demoNight } from './demo-night.ts';
import { VirtualObservatory } from './observatory/virtual-observatory.ts';

/** What a night on virtual time gives. */
export interface SimulatedNight {
  readonly report: NightReport | null;
  /** How many facts there are, and the SHA-256 of them all: equal for equal seeds. */
  readonly facts: { readonly count: number; readonly sha256: string };
}

/** A night that has not ended this long after dawn never will, milliseconds. */
const GRACE_MS = 2 * 3_600_000;

/**
 * One whole night in this process, on virtual time: the same agents, the same drivers and simulators,
 * their wires in memory. The same seed gives the same facts, byte for byte.
 */
export async function simulateNight(
  unit: Unit,
  wish: { night: string; seed: number; dataFolder: string },
): Promise<SimulatedNight> {
  const night = demoNight(unit, wish.night, wish.seed);
  const observatory = await VirtualObservatory.open({
    unit,
    seed: wish.seed,
    dataFolder: wish.dataFolder,
    startMs: night.startMs,
    targetsAtMs: night.dark.startMs,
    scenario: night.scenario,
  });
  await observatory.start();
  const { database } = observatory;
  let ended = false;
  const stopWatching = database.onChange(
    () => void observatory.hasTold('NightEnded').then((yes) => (ended = yes)),
  );
  await observatory.runUntil(night.closeMs + GRACE_MS, () => ended);
  stopWatching();
  await observatory.stop();
  const facts = await hashFacts(database);
  await observatory.close();
  return { report: readNightReport(wish.dataFolder, wish.night), facts };
}

async function hashFacts(database: Database): Promise<{ count: number; sha256: string }> {
  const hash = createHash('sha256');
  let count = 0;
  for (let last = 0; ; ) {
    const facts = await factsAfter(database, last, 1000);
    if (facts.length === 0) break;
    for (const fact of facts) hash.update(`${JSON.stringify(fact)}\n`);
    count += facts.length;
    last = facts.at(-1)?.id ?? last;
  }
  return { count, sha256: hash.digest('hex') };
}
