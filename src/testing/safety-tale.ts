import type { PlcDevice, PlcFrame } from '#devices';
import {
  type Arrival,
  type Moment,
  NOTHING_KNOWN,
  remember,
  type SafetyMemory,
  type Verdict,
  verdictOf,
} from '#environment';
import { parseIso } from '#platform';
import type { Limit, PlcSpec } from '#unit';
import { smallUnit } from '../devices/virtual-simulators.ts';
import { limitsSchema } from '../unit/limits.ts';
import { fairFrame, plcFrame } from './plc-frames.ts';

/** 12 October 2026, 22 h UTC. */
export const TALE_MS = Date.UTC(2026, 9, 12, 22);

/** A limit of a unit file; bad above 10 m/s of wind, at once, without dwell, where not said otherwise. */
export function limitOf(more: Partial<Limit> = {}): Limit {
  const wind = { quantity: 'wind', bad: 'above', limit: 10, unit: 'm/s' };
  const delays = { badDelaySeconds: 0, goodDelaySeconds: 0 };
  const [limit] = limitsSchema.parse([{ ...wind, ...delays, ...more }]);
  if (!limit) throw new RangeError('no limit');
  return limit;
}

/** The small unit's PLC with these limits and a greatest age of 20 s. */
export function plcSpecOf(limits: readonly Limit[], more: Partial<PlcSpec> = {}): PlcSpec {
  return { ...smallUnit().plc, maxAgeSeconds: 20, limits: [...limits], ...more };
}

/** A night told in arrivals, each at its second. Clock and watch begin apart, as they do in life. */
export class Tale {
  memory: SafetyMemory = NOTHING_KNOWN;
  readonly spec: PlcSpec;
  /** Seconds by which our wall clock is off. */
  offSeconds = 0;
  /** Until when flapping is held, UTC ms; null: never. */
  nextNoonMs: number | null = null;

  constructor(spec: PlcSpec) {
    this.spec = spec;
  }

  moment(second: number): Moment {
    const nowMs = TALE_MS + (second + this.offSeconds) * 1000;
    return { nowMs, atMono: 5_000_000 + second * 1000, slackSeconds: 0 };
  }

  /** A frame of the PLC; its date is that of `datedSecond`. */
  frame(second: number, frame: (atMs: number) => PlcFrame, datedSecond = second): this {
    const { date, device } = frame(TALE_MS + datedSecond * 1000);
    return this.arrival(second, { source: 'plc', devices: device, dateMs: parseIso(date) });
  }

  /** A fair frame in which this device of the PLC is another. */
  device(second: number, device: PlcDevice): this {
    return this.frame(second, (ms) => {
      const others = fairFrame(ms).device.filter(({ name }) => name !== device.name);
      return plcFrame(ms, [...others, device]);
    });
  }

  arrival(second: number, said: Pick<Arrival, 'source' | 'devices' | 'dateMs'>): this {
    const arrival = { ...said, ...this.moment(second) };
    const { spec, nextNoonMs } = this;
    this.memory = remember(this.memory, arrival, { spec, nextNoonMs });
    return this;
  }

  /** A steady wind on both stations, a frame each 5 s from one second to another. */
  wind(from: number, to: number, metresPerSecond: number): this {
    const values = { WindSpeed: metresPerSecond };
    for (let second = from; second <= to; second += 5) {
      this.frame(second, (ms) => fairFrame(ms, { wxt520: values, vantagePro: values }));
    }
    return this;
  }

  at(second: number): Verdict {
    return verdictOf(this.memory, this.spec, this.moment(second));
  }

  keys(second: number): string[] {
    return this.at(second).reasons.map((reason) => reason.key);
  }
}
