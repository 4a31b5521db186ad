import type { PlanSequence, Quota } from '../schedule.ts';
import { countryAccount, programAccount, type SeasonDemand } from './season.ts';

/** What every account was granted and has been charged, through the season. */
export class AccountBook {
  readonly #granted = new Map<string, number>();
  readonly #charged = new Map<string, number>();

  constructor({ programs, countries }: Pick<SeasonDemand, 'programs' | 'countries'>) {
    for (const { name, quotaSeconds } of programs) this.#grant(programAccount(name), quotaSeconds);
    for (const { name, quotaSeconds } of countries) this.#grant(countryAccount(name), quotaSeconds);
  }

  #grant(account: string, quotaSeconds: number | null): void {
    if (quotaSeconds !== null) this.#granted.set(account, quotaSeconds);
  }

  /** The limited accounts, as the planner wants them. */
  quotas(): Map<string, Quota> {
    const quotas = new Map<string, Quota>();
    for (const [account, quotaSeconds] of this.#granted) {
      quotas.set(account, { quotaSeconds, chargedSeconds: this.chargedSeconds(account) });
    }
    return quotas;
  }

  chargedSeconds(account: string): number {
    return this.#charged.get(account) ?? 0;
  }

  canPay({ accounts, chargeSeconds }: PlanSequence): boolean {
    for (const account of accounts) {
      const granted = this.#granted.get(account);
      if (granted !== undefined && this.chargedSeconds(account) + chargeSeconds > granted) {
        return false;
      }
    }
    return true;
  }

  /** Charges every account of a sequence; a negative charge is a refund. */
  charge({ accounts }: PlanSequence, seconds: number): void {
    for (const account of accounts) {
      this.#charged.set(account, this.chargedSeconds(account) + seconds);
    }
  }
}
