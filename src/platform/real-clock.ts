import { setTimeout as realSleep } from 'node:timers/promises';
import type { Clock } from './clock.ts';

/** What a computer may need for one step of work, in real seconds: see {@link Clock.allow}. */
const PROCESSING_ALLOWANCE_SECONDS = 5;
/** The shortest polling period that a computer is asked to keep, in real seconds. */
const SHORTEST_PERIOD_SECONDS = 0.1;

/** A stretch of the night that runs at its own rate, e.g. slow motion while an alert comes in. */
export interface RateSegment {
  /** Observatory instant (UTC ms) from which the rate holds. */
  readonly fromMs: number;
  /** Observatory seconds per real second; greater than zero. */
  readonly rate: number;
}

/** What processes share to live on one accelerated clock. */
export interface ScaledTime {
  /** Real instant (UTC ms) at which observatory time was `segments[0].fromMs`. */
  readonly realStartMs: number;
  /** In increasing order of `fromMs`; the last one holds for ever. */
  readonly segments: readonly RateSegment[];
}

/** The machine's own time. */
export class RealClock implements Clock {
  now(): number {
    return Date.now();
  }

  monotonic(): number {
    return performance.now();
  }

  rate(): number {
    return 1;
  }

  async sleep(seconds: number, signal?: AbortSignal): Promise<void> {
    await interruptibleSleep(seconds * 1000, signal);
  }

  allow(seconds: number): number {
    return seconds;
  }

  period(seconds: number, shortestRealSeconds = SHORTEST_PERIOD_SECONDS): number {
    return Math.max(seconds, shortestRealSeconds);
  }
}

/** Observatory time that runs faster than real time, the same in every process of the unit. */
export class ScaledClock implements Clock {
  readonly #time: ScaledTime;
  /** Real instants (UTC ms) at which each segment begins. */
  readonly #realStarts: readonly number[];
  readonly #monotonicOrigin = Date.now() - performance.now();

  constructor(time: ScaledTime) {
    if (time.segments.length === 0) throw new RangeError('a scaled clock needs one rate at least');
    this.#time = time;
    this.#realStarts = realStarts(time);
  }

  now(): number {
    return this.#at(Date.now());
  }

  monotonic(): number {
    return this.#at(this.#monotonicOrigin + performance.now());
  }

  rate(): number {
    return this.#segment(Date.now()).rate;
  }

  async sleep(seconds: number, signal?: AbortSignal): Promise<void> {
    const realWait = this.#real(this.monotonic() + seconds * 1000) - this.#real(this.monotonic());
    await interruptibleSleep(realWait, signal);
  }

  allow(seconds: number): number {
    return seconds + PROCESSING_ALLOWANCE_SECONDS * this.#fastest();
  }

  period(seconds: number, shortestRealSeconds = SHORTEST_PERIOD_SECONDS): number {
    return Math.max(seconds, shortestRealSeconds * this.rate());
  }

  #fastest(): number {
    return Math.max(1, ...this.#time.segments.map((segment) => segment.rate));
  }

  #index(realMs: number): number {
    const after = this.#realStarts.findIndex((start) => start > realMs);
    return Math.max(0, (after === -1 ? this.#realStarts.length : after) - 1);
  }

  #segment(realMs: number): RateSegment {
    return this.#time.segments[this.#index(realMs)] as RateSegment;
  }

  #at(realMs: number): number {
    const index = this.#index(realMs);
    const segment = this.#time.segments[index] as RateSegment;
    return segment.fromMs + (realMs - (this.#realStarts[index] as number)) * segment.rate;
  }

  /** The real instant (UTC ms) at which the observatory's clock will show `ms`. */
  #real(ms: number): number {
    const after = this.#time.segments.findIndex((segment) => segment.fromMs > ms);
    const index = Math.max(0, (after === -1 ? this.#time.segments.length : after) - 1);
    const segment = this.#time.segments[index] as RateSegment;
    return (this.#realStarts[index] as number) + (ms - segment.fromMs) / segment.rate;
  }
}

function realStarts(time: ScaledTime): number[] {
  const starts = [time.realStartMs];
  for (let i = 1; i < time.segments.length; i++) {
    const before = time.segments[i - 1] as RateSegment;
    const length = ((time.segments[i] as RateSegment).fromMs - before.fromMs) / before.rate;
    starts.push((starts[i - 1] as number) + length);
  }
  return starts;
}

/** A signal that is already aborted rejects at once; the rejection is always the signal's reason. */
async function interruptibleSleep(realMs: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  try {
    await realSleep(Math.max(0, realMs), undefined, signal ? { signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
