import type { Explanation, PlanSequence, Quota } from './schedule.ts';
import { secondsText } from './wording.ts';

/** Telescope time that a sequence costs its program, seconds: overhead and observation. */
export function chargedSeconds(
  sequence: Pick<PlanSequence, 'durationSeconds' | 'overheadSeconds'>,
): number {
  return sequence.durationSeconds + sequence.overheadSeconds;
}

/** What the programs have left while a plan is made. */
export interface QuotaLedger {
  /** Why the sequence's program cannot pay for it; undefined when it can. */
  refusal(sequence: PlanSequence): Explanation | undefined;
  charge(sequence: PlanSequence): void;
}

/** Opens the accounts. A program without a quota is not limited. */
export function quotaLedger(quotas: ReadonlyMap<string, Quota>): QuotaLedger {
  const left = new Map<string, number>();
  for (const [program, quota] of quotas) {
    left.set(program, quota.quotaSeconds - quota.chargedSeconds);
  }
  const leftOf = (program: string): number => left.get(program) ?? Number.POSITIVE_INFINITY;
  return {
    refusal: (sequence) => {
      const { program } = sequence;
      const lack = chargedSeconds(sequence) - leftOf(program);
      return lack > 0 ? overQuota(program, lack, leftOf(program)) : undefined;
    },
    charge: (sequence) => {
      left.set(sequence.program, leftOf(sequence.program) - chargedSeconds(sequence));
    },
  };
}

function overQuota(program: string, lack: number, left: number): Explanation {
  return {
    code: 'OVER_QUOTA',
    sentence: `over quota by ${secondsText(lack)}: program "${program}" has ${secondsText(Math.max(0, left))} left`,
    remedy: 'Ask for a larger quota, or cancel another sequence of the program.',
  };
}
