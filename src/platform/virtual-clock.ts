import type { Clock } from './clock.ts';

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly fire: () => void;
  /** Nobody waits for it any more: time does not stop there. */
  readonly isOff: () => boolean;
}

/**
 * Time that jumps: when every task of the process waits on this clock, it moves at once to the next
 * timer. One seed then gives one night, event by event, in a fraction of its length. Nothing in the
 * process may wait on the outside (sockets, other processes), or the night would run away from it.
 */
export class VirtualClock implements Clock {
  #nowMs: number;
  #order = 0;
  /** A binary heap: the earliest timer first, in the order of asking when two are due together. */
  readonly #timers: Timer[] = [];

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  monotonic(): number {
    return this.#nowMs;
  }

  rate(): number {
    return 1;
  }

  allow(seconds: number): number {
    return seconds;
  }

  period(seconds: number): number {
    return seconds;
  }

  sleep(seconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const timer = { dueMs: this.#nowMs + Math.max(0, seconds) * 1000, order: this.#order++ };
      const onAbort = () => reject(signal?.reason);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#push({
        ...timer,
        isOff: () => signal?.aborted ?? false,
        fire: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      });
    });
  }

  /** Runs until `done()` says so or no timer is left before `untilMs`; returns whether it was done. */
  async run(untilMs: number, done: () => boolean = () => false): Promise<boolean> {
    for (;;) {
      // One turn of the event loop empties the microtask queue: afterwards every task is parked.
      await new Promise((resolve) => setImmediate(resolve));
      if (done()) return true;
      const next = this.#next();
      if (!next || next.dueMs > untilMs) return false;
      this.#pop();
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.fire();
    }
  }

  #next(): Timer | undefined {
    while (this.#timers[0]?.isOff()) this.#pop();
    return this.#timers[0];
  }

  #push(timer: Timer): void {
    const heap = this.#timers;
    let index = heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (isBefore(heap[parent] as Timer, timer)) break;
      heap[index] = heap[parent] as Timer;
      index = parent;
    }
    heap[index] = timer;
  }

  #pop(): void {
    const heap = this.#timers;
    const last = heap.pop() as Timer;
    if (heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Timer, heap[child] as Timer))
        child++;
      if (isBefore(last, heap[child] as Timer)) break;
      heap[index] = heap[child] as Timer;
      index = child;
    }
    heap[index] = last;
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order);
}
