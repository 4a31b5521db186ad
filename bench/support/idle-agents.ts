import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandUnit } from './command-unit.ts';
import { stolenMs } from './machine.ts';
import { memoryOf, processorSecondsOfTree } from './process-tree.ts';

/** What agents cost that have nothing to do. */
export interface IdleCost {
  readonly agents: number;
  /** Processor time of all of them together, percent of one core. */
  readonly agentsPercent: number;
  /** The same of the database server, which they ask; 0 without one. */
  readonly serverPercent: number;
  readonly pssBytesEach: number;
  readonly stolenMs: number;
}

/** After their start they settle for so long, milliseconds. */
const SETTLE_MS = 5000;

export async function idleCost(
  unit: CommandUnit,
  { agents, seconds }: { agents: number; seconds: number },
): Promise<IdleCost> {
  const names = Array.from({ length: agents }, (_, i) => `Idle${i + 1}`);
  await unit.startAgents(names);
  await sleep(SETTLE_MS);
  const pids = names.map((name) => unit.pidOf(name));
  const used = () => {
    const ofAgents = pids.reduce((sum, pid) => sum + processorSecondsOfTree(pid), 0);
    const ofAll = processorSecondsOfTree(process.pid) - process.cpuUsage().user / 1e6;
    return { ofAgents, ofServer: ofAll - process.cpuUsage().system / 1e6 - ofAgents };
  };
  const [before, beforeMs, stolenBefore] = [used(), performance.now(), stolenMs()];
  await sleep(seconds * 1000);
  const elapsed = (performance.now() - beforeMs) / 1000;
  const after = used();
  const percent = (spent: number) => Math.max(0, Math.round((spent / elapsed) * 1000) / 10);
  const pss = pids.reduce((sum, pid) => sum + (memoryOf(pid)?.pssBytes ?? 0), 0);
  return {
    agents,
    agentsPercent: percent(after.ofAgents - before.ofAgents),
    serverPercent: percent(after.ofServer - before.ofServer),
    pssBytesEach: pss / agents,
    stolenMs: stolenMs() - stolenBefore,
  };
}
