import { type Clock, PyrosError } from '#platform';
import type { FaultPlane } from '../fault-plane.ts';
import type { FaultEvent, ScenarioTime } from '../scenario.ts';

/**
 * Plays the faults that a scenario has for one device: by the instant on the clock, by the iteration as
 * its STATUS requests are counted. Throws `SCENARIO_INVALID` on a fault that it does not know.
 */
export class FaultScript {
  readonly #events: readonly FaultEvent[];
  readonly #faults: FaultPlane;
  readonly #clock: Clock;
  readonly #end = new AbortController();
  #iteration = 0;

  constructor(events: readonly FaultEvent[], parts: { faults: FaultPlane; clock: Clock }) {
    this.#events = events;
    this.#faults = parts.faults;
    this.#clock = parts.clock;
    for (const { name, device } of events) this.#check(name, device);
    for (const event of events) void this.#play(event);
  }

  /** A STATUS is asked: what begins or ends at this iteration does. */
  asked(): void {
    this.#iteration++;
    for (const { when, until, name, amount } of this.#events) {
      if (isIteration(until, this.#iteration)) this.#faults.clear(name);
      if (isIteration(when, this.#iteration)) this.#faults.set(name, amount);
    }
  }

  /** Nothing begins or ends any more. */
  stop(): void {
    this.#end.abort();
  }

  async #play({ when, until, name, amount }: FaultEvent): Promise<void> {
    const endMs = until && 'atMs' in until ? until.atMs : Number.POSITIVE_INFINITY;
    try {
      if ('atMs' in when) {
        if (endMs <= this.#clock.now()) return;
        await this.#wait(when.atMs);
        this.#faults.set(name, amount);
      }
      if (!Number.isFinite(endMs)) return;
      await this.#wait(endMs);
      this.#faults.clear(name);
    } catch (error) {
      if (!this.#end.signal.aborted) throw error;
    }
  }

  async #wait(untilMs: number): Promise<void> {
    const seconds = (untilMs - this.#clock.now()) / 1000;
    if (seconds > 0) await this.#clock.sleep(seconds, this.#end.signal);
  }

  #check(name: string, device: string): void {
    if (this.#faults.known.some((fault) => fault.name === name)) return;
    const names = this.#faults.known.map((fault) => fault.name).join(', ');
    throw new PyrosError('SCENARIO_INVALID', `The simulator ${device} knows no fault "${name}".`, {
      remedy: `It knows ${names}.`,
    });
  }
}

function isIteration(when: ScenarioTime | undefined, iteration: number): boolean {
  return when !== undefined && 'iteration' in when && when.iteration === iteration;
}
