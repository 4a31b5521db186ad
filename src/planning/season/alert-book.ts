import type { SeasonAlert } from './season-alerts.ts';

/** How the alerts of a season fare. */
export interface AlertsReport {
  readonly received: number;
  /** Above their limit in the dark long enough, at some time while they were worth observing. */
  readonly visible: number;
  readonly observed: number;
  /** From the arrival to the start of the observation, seconds; null when none was observed. */
  readonly medianDelaySeconds: number | null;
  readonly p95DelaySeconds: number | null;
}

/** The alerts of a season as they arrive. */
export class AlertBook {
  readonly #alerts: readonly SeasonAlert[];
  readonly #delaysSeconds: number[] = [];
  #arrived = 0;
  #open: readonly SeasonAlert[] = [];

  constructor(alerts: readonly SeasonAlert[]) {
    this.#alerts = alerts;
  }

  /** When the next one arrives, UTC ms. */
  nextMs(): number {
    return this.#alerts[this.#arrived]?.windowStartMs ?? Number.POSITIVE_INFINITY;
  }

  /** Takes in what arrived until an instant; gives the newcomers. */
  admit(untilMs: number): readonly SeasonAlert[] {
    const first = this.#arrived;
    while (this.nextMs() <= untilMs) this.#arrived++;
    const newcomers = this.#alerts.slice(first, this.#arrived);
    this.#open = [...this.#open.filter((alert) => alert.windowEndMs > untilMs), ...newcomers];
    return newcomers;
  }

  /** Those that may still be observed, as far as was looked last. */
  open(): readonly SeasonAlert[] {
    return this.#open;
  }

  /** All that came so far. */
  arrived(): readonly SeasonAlert[] {
    return this.#alerts.slice(0, this.#arrived);
  }

  observed(alert: { readonly id: number; readonly windowStartMs: number }, startMs: number): void {
    this.#open = this.#open.filter(({ id }) => id !== alert.id);
    this.#delaysSeconds.push((startMs - alert.windowStartMs) / 1000);
  }

  /** `isVisible` says whether the sky ever allowed one. */
  report(isVisible: (alert: SeasonAlert) => boolean): AlertsReport {
    const delays = this.#delaysSeconds.toSorted((a, b) => a - b);
    const quantile = (share: number): number | null =>
      delays[Math.min(delays.length - 1, Math.floor(share * delays.length))] ?? null;
    return {
      received: this.#arrived,
      visible: this.arrived().filter(isVisible).length,
      observed: delays.length,
      medianDelaySeconds: quantile(0.5),
      p95DelaySeconds: quantile(0.95),
    };
  }
}
