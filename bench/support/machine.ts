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
