import type { Instance } from '#planning';

/** A kind of instance: how targets lie, how many, and their work as a multiple of the night. */
export interface Family {
  readonly kind: 'U' | 'C' | 'W' | 'Q' | 'M';
  readonly n: number;
  readonly load: number;
}

/** An instance with its name, e.g. `U-100-11`. */
export interface Task {
  readonly name: string;
  readonly family: Family;
  readonly seed: number;
  readonly instance: Instance;
}

/** What may be judged: when the setup of each sequence starts (UTC Julian date). */
export interface JudgedPlan {
  readonly by: string;
  readonly sec: number;
  readonly plan: readonly { readonly id: number; readonly jd: number }[];
}

export interface Verdict {
  /** Sum over valid observations within quotas of weight × minutes × merit. */
  readonly value: number;
  /** Not visible, outside the window, overlapping (slews included), or twice. */
  readonly invalid: number;
  /** Observations that their program could not pay for. */
  readonly overQuota: number;
  /** Worth of the best plan if slews took no time, from above. */
  readonly upperBound: number;
}

/** Where instances come from and who judges their plans. */
export interface Tasks {
  readonly judgeName: string;
  task(family: Family, seed: number): Task;
  judge(task: Task, plan: JudgedPlan): Verdict;
}

export function nameOf({ kind, n }: Family, seed: number): string {
  return `${kind}-${n}-${seed}`;
}

/** U: all over the sky; C: four clusters; W: mostly narrow windows; Q: quotas bind; M: a mosaic. */
export const FAMILIES: readonly Family[] = [
  { kind: 'U', n: 20, load: 1 },
  { kind: 'U', n: 50, load: 1.5 },
  { kind: 'U', n: 100, load: 2 },
  { kind: 'U', n: 300, load: 3 },
  { kind: 'U', n: 1000, load: 5 },
  { kind: 'C', n: 100, load: 2 },
  { kind: 'C', n: 300, load: 3 },
  { kind: 'C', n: 1000, load: 5 },
  { kind: 'W', n: 100, load: 2 },
  { kind: 'W', n: 300, load: 3 },
  { kind: 'W', n: 1000, load: 5 },
  { kind: 'Q', n: 100, load: 2 },
  { kind: 'Q', n: 300, load: 3 },
  { kind: 'Q', n: 1000, load: 5 },
  { kind: 'M', n: 200, load: 1 },
];
