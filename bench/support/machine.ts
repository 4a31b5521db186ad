import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';

/** What a figure must be read with: how many cores there were, and how busy they had been. */
export interface Machine {
  readonly cores: number;
  /** Processes that wanted a core, on average over the last minute; ours among them. */
  readonly load: number;
}

export function machineNow(): Machine {
  const [load = 0] = loadavg();
  return { cores: availableParallelism(), load: Math.round(load * 10) / 10 };
}

export function machineSentence({ cores, load }: Machine): string {
  return `${cores} cores, load ${load}`;
}

/**
 * Processor time that the host of a virtual machine gave to others since it started, over all cores;
 * 0 where the kernel does not tell. Linux, proc(5): the eighth figure of `cpu`, in ticks of 10 ms.
 */
export function stolenMs(): number {
  try {
    const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
    return Number(line.trim().split(/\s+/)[8] ?? 0) * 10;
  } catch {
    return 0;
  }
}
