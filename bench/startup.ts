/**
 * From a clone to the first live page, again from the second start, and the memory of the whole
 * demonstration: `./pyros bench startup [--seconds 60]`. Fetches Node and the dependencies anew.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { FreshClone } from './support/fresh-clone.ts';
import { machineNow, machineSentence } from './support/machine.ts';
import { memoryOfTree, type ProcessMemory } from './support/process-tree.ts';
import { textTable } from './support/text-table.ts';

const GOAL_BYTES = 1.5e9;

interface MemoryPeak {
  readonly totalPssBytes: number;
  /** The processes at that moment. */
  readonly processes: readonly ProcessMemory[];
  readonly samples: number;
}

async function peakOf(pid: number, seconds: number, signal: AbortSignal): Promise<MemoryPeak> {
  let peak: MemoryPeak = { totalPssBytes: 0, processes: [], samples: 0 };
  const until = performance.now() + seconds * 1000;
  for (let samples = 1; performance.now() < until && !signal.aborted; samples++) {
    const processes = memoryOfTree(pid);
    const totalPssBytes = processes.reduce((sum, one) => sum + one.pssBytes, 0);
    if (totalPssBytes > peak.totalPssBytes) peak = { totalPssBytes, processes, samples };
    peak = { ...peak, samples };
    await sleep(1000);
  }
  return peak;
}

async function measure(seconds: number, signal: AbortSignal) {
  const machine = machineNow();
  const began = performance.now();
  const clone = new FreshClone();
  try {
    const cloneMs = performance.now() - began;
    const first = await clone.startDemo();
    await first.stop();
    signal.throwIfAborted();
    const second = await clone.startDemo();
    const peak = await peakOf(second.pid, seconds, signal).finally(second.stop);
    const { commit } = clone;
    return { commit, machine, cloneMs, firstMs: first.liveMs, secondMs: second.liveMs, peak };
  } finally {
    clone.drop();
  }
}

const megabytes = (bytes: number) => Math.round(bytes / 1e6);
const inSeconds = (ms: number) => Math.round(ms / 100) / 10;

function print(result: Awaited<ReturnType<typeof measure>>): void {
  const { cloneMs, firstMs, secondMs, peak } = result;
  const times = [
    ['step', 'seconds'],
    ['git clone', inSeconds(cloneMs)],
    [
      'first start: Node, dependencies and pages fetched and built, to the live page',
      inSeconds(firstMs),
    ],
    ['second start, to the live page', inSeconds(secondMs)],
  ];
  console.log(
    `\nStart-up of ${result.commit} (before: ${machineSentence(result.machine)})\n${textTable(times)}`,
  );
  const { processes } = peak;
  const rows = processes
    .toSorted((a, b) => b.pssBytes - a.pssBytes)
    .map((one) => [shortName(one.name), megabytes(one.pssBytes), megabytes(one.rssBytes)]);
  const total = ['in all', megabytes(peak.totalPssBytes), megabytes(sumOf(processes, 'rssBytes'))];
  console.log(`\nMemory at its peak (${peak.samples} samples), megabytes`);
  console.log(textTable([['process', 'PSS', 'RSS'], ...rows, total]));
  const reached = peak.totalPssBytes <= GOAL_BYTES;
  console.log(
    `goal: PSS in all ≤ ${megabytes(GOAL_BYTES)} MB: ${reached ? 'reached' : 'NOT reached'}`,
  );
}

function shortName(name: string): string {
  return /^pyros /.test(name) ? name : 'supervisor';
}

function sumOf(processes: readonly ProcessMemory[], what: 'pssBytes' | 'rssBytes'): number {
  return processes.reduce((sum, one) => sum + one[what], 0);
}

const { values } = parseArgs({ options: { seconds: { type: 'string' } } });
const seconds = Number(values.seconds ?? 60);
if (!(seconds > 0)) {
  console.error('usage: startup [--seconds 60]');
  process.exit(2);
}
const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => interrupted.abort(new Error('interrupted')));
}
const result = await measure(seconds, interrupted.signal);
print(result);
const { peak, ...times } = result;
const processes = peak.processes.map((one) => ({ ...one, name: shortName(one.name) }));
const memory = { totalPssBytes: peak.totalPssBytes, goalBytes: GOAL_BYTES, processes };
console.log(JSON.stringify({ bench: 'startup', ...times, memory }));
