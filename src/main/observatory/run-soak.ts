import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PyrosError } from '#platform';
import type { Unit } from '#unit';
import { troubleSentence } from './soak-faults.ts';
import { type TrialNight, tryNight } from './trial-night.ts';

/** The words of the command line. */
export interface SoakOptions {
  readonly nights: number;
  readonly seed: number;
  readonly data: string;
}

/** Images of trial nights are small: it is not pixels that are tried. */
const TRIAL_PIXELS = 64;
/** The seed decides the night among those of a year from this one on. */
const FIRST_NIGHT_MS = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;
/** Between the first nights and the last ones the memory may grow by so much, in all. */
const GROWTH = { factor: 1.25, bytes: 24e6 } as const;
/** Code and caches of the first nights are no growth. */
const WARM_NIGHTS = 2;

/**
 * `./pyros soak`: nights on virtual time with troubles that the seed draws, every invariant checked
 * every second. Ends with 1 at the first night in which one is broken, saying how to play it again.
 */
export async function runSoak(unit: Unit, options: SoakOptions): Promise<number> {
  const dataFolder = resolve(options.data);
  const heaps: number[] = [];
  for (let i = 0; i < options.nights; i++) {
    const seed = options.seed + i;
    const trial = await tryNight(smallDetectors(unit), { night: nightOf(seed), seed, dataFolder });
    heaps.push(heapInUse());
    console.log(lineOf(trial, { seed, heap: heaps.at(-1) ?? 0 }));
    if (trial.violations.length > 0) return tellViolations(trial, seed);
  }
  return tellMemory(heaps);
}

function nightOf(seed: number): string {
  const day = ((seed % 365) + 365) % 365;
  return new Date(FIRST_NIGHT_MS + day * DAY_MS).toISOString().slice(0, 10);
}

function smallDetectors(unit: Unit): Unit {
  const size = { width: TRIAL_PIXELS, height: TRIAL_PIXELS };
  const channels = unit.channels.map((channel) => {
    return { ...channel, detector: { ...channel.detector, ...size } };
  });
  return { ...unit, channels };
}

function lineOf({ night, troubles, images }: TrialNight, more: { seed: number; heap: number }) {
  const heap = `${Math.round(more.heap / 1e6)} MB`;
  return `${night}  seed ${more.seed}  ${troubles.length} troubles  ${images} images  heap ${heap}`;
}

function tellViolations({ troubles, violations }: TrialNight, seed: number): number {
  console.log('\nTroubles of this night:');
  for (const trouble of troubles) console.log(`  ${troubleSentence(trouble)}`);
  console.log('\nBroken invariants:');
  for (const { atMs, invariant, sentence } of violations) {
    console.log(`  ${new Date(atMs).toISOString()}  ${invariant}: ${sentence}`);
  }
  console.log(`\nPlay it again: ./pyros soak --nights 1 --seed ${seed}`);
  return 1;
}

function tellMemory(heaps: readonly number[]): number {
  const warm = heaps[WARM_NIGHTS];
  const last = heaps.at(-1);
  console.log(`\n${heaps.length} nights, 0 broken invariants`);
  if (warm === undefined || last === undefined || heaps.length < WARM_NIGHTS + 2) return 0;
  const ratio = (last / warm).toFixed(2);
  console.log(`heap of the last night / that of night ${WARM_NIGHTS + 1}: ${ratio}`);
  if (last <= warm * GROWTH.factor + GROWTH.bytes) return 0;
  throw new PyrosError('MEMORY_GROWS', `The memory grew from ${warm} to ${last} bytes.`, {
    remedy: 'Something is kept from night to night: look for it with a heap snapshot.',
  });
}

/** What is in use once the rubbish is out, bytes. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}
