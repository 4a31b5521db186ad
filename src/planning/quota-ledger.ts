import type { Explanation, PlanSequence, Quota } from './schedule.ts';
import { secondsText } from './wording.ts';

/**
 * Telescope time that a sequence costs each of its accounts, seconds: setup and observation. The slew
 * is not charged: its length depends on what the planner puts before, which is nobody's choice.
 */
export function chargedSeconds(
  sequence: Pick<PlanSequence, 'durationSeconds' | 'setupSeconds'>,
): number {
  return sequence.durationSeconds + sequence.setupSeconds;
}

/**
 * What the accounts have left while a plan is made. `chargeSeconds` is given where it is not that of
 * the whole sequence.
 */
export interface QuotaLedger {
  /** Why an account of the sequence cannot pay for it; undefined when all can. */
  refusal(sequence: PlanSequence, chargeSeconds?: number): Explanation | undefined;
  /** What all accounts of the sequence could still pay, seconds; Infinity without a limit. */
  leftFor(sequence: PlanSequence): number;
  charge(sequence: PlanSequence, chargeSeconds?: number): void;
}

/** Opens the accounts. An account without a quota is not limited. */
export function quotaLedger(quotas: ReadonlyMap<string, Quota>): QuotaLedger {
  const left = new Map<string, number>();
  for (const [account, quota] of quotas) {
    left.set(account, quota.quotaSeconds - quota.chargedSeconds);
  }
  const leftOf = (account: string): number => left.get(account) ?? Number.POSITIVE_INFINITY;
  return {
    refusal: ({ accounts, chargeSeconds }, charge = chargeSeconds) => {
      for (const account of accounts) {
        const lack = charge - leftOf(account);
        if (lack > 0) return overQuota(account, lack, leftOf(account));
      }
      return undefined;
    },
    leftFor: ({ accounts }) => Math.min(Number.POSITIVE_INFINITY, ...accounts.map(leftOf)),
    charge: ({ accounts, chargeSeconds }, charge = chargeSeconds) => {
      for (const account of new Set(accounts)) left.set(account, leftOf(account) - charge);
    },
  };
}

function overQuota(account: string, lack: number, left: number): Explanation {
  return {
    code: 'OVER_QUOTA',
    sentence: `over quota by ${secondsText(lack)}: ${account} has ${secondsText(Math.max(0, left))} left`,
    remedy: 'Ask for a larger quota, or cancel another sequence that it pays for.',
  };
}
