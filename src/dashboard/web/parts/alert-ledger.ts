import type { Tonight } from '../../tonight.ts';
import { instant } from '../format/time.ts';

/** One step of the answer to an alert. */
export interface LedgerLine {
  readonly name: string;
  readonly at: string | null;
  /** Seconds from the notice's last byte; negative before it, null when not known. */
  readonly seconds: number | null;
  /** `waiting` counts up; `missed` will not come any more. */
  readonly state: 'origin' | 'done' | 'waiting' | 'missed';
}

type Alert = NonNullable<Tonight['alert']>;

/** States in which the telescope is still expected to answer. */
const PENDING = new Set(['received', 'planned', 'slewing', 'observing']);

/** The latency ledger of an alert at the instant `nowMs`. */
export function ledger(alert: Alert, nowMs: number): LedgerLine[] {
  const zero = Date.parse(alert.receivedAt);
  const burst = instant(alert.eventAt);
  const step = (name: string, seconds: number | null): LedgerLine => {
    if (seconds !== null)
      return { name, at: new Date(zero + seconds * 1000).toISOString(), seconds, state: 'done' };
    if (!PENDING.has(alert.state)) return { name, at: null, seconds: null, state: 'missed' };
    return { name, at: null, seconds: Math.max(0, (nowMs - zero) / 1000), state: 'waiting' };
  };
  const burstSeconds = burst === null ? null : (burst - zero) / 1000;
  return [
    {
      name: 'Burst',
      at: alert.eventAt,
      seconds: burstSeconds,
      state: burst === null ? 'missed' : 'done',
    },
    { name: 'Notice received', at: alert.receivedAt, seconds: 0, state: 'origin' },
    step('Slew started', alert.slewAfterSeconds),
    step('First shutter open', alert.openAfterSeconds),
  ];
}
