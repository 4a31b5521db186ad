import type { Clock } from '#platform';
import type { DomeSpec } from '#unit';
import { errorReply, okReply } from '../link/device-reply.ts';
import type { Endpoint, Reply } from '../link/link.ts';
import { answer, numbers } from '../link/request-table.ts';
import {
  closedDome,
  closeShutter,
  type DomeOutcome,
  type DomeState,
  deadManApplied,
  domeStatus,
  openShutter,
  permitOpening,
  turnSlit,
} from './dome-model.ts';

/** What a simulated dome needs besides its specification. */
export interface DomeSimulatorDeps {
  readonly clock: Clock;
  /** Told, in one sentence, when the dead-man closes the shutter. */
  readonly log: (sentence: string) => void;
}

/**
 * A dome controller on the line protocol, with its dead-man: it wakes when the permit runs out and
 * closes, whether anybody talks to it or not. It starts closed.
 */
export class DomeSimulator implements Endpoint {
  readonly #spec: DomeSpec;
  readonly #deps: DomeSimulatorDeps;
  #state: DomeState;
  #watch = new AbortController();

  constructor(spec: DomeSpec, deps: DomeSimulatorDeps) {
    this.#spec = spec;
    this.#deps = deps;
    this.#state = closedDome(deps.clock.now());
  }

  handle(text: string): Promise<Reply> {
    const now = this.#deps.clock.now();
    return answer(
      {
        'GET STATUS': () => okReply(domeStatus(this.#spec, this.#state, now)),
        'DO OPEN': () => this.#take(openShutter(this.#spec, this.#state, now)),
        'DO CLOSE': () => this.#become(closeShutter(this.#spec, this.#state, now)),
        'DO PERMIT': (argument) => this.#permit(argument, now),
        'DO TURN': (argument) => this.#turn(argument, now),
      },
      text,
    );
  }

  /** Stops its own timers. */
  stop(): void {
    this.#watch.abort();
  }

  #permit(argument: string, nowMs: number): Reply {
    const { clock } = this.#deps;
    const seconds = numbers(argument, 1)?.[0] ?? Number.NaN;
    const longestSeconds = clock.allow(this.#spec.permitSeconds);
    const outcome = permitOpening(this.#spec, this.#state, { seconds, longestSeconds, nowMs });
    if (outcome.ok) void this.#watchPermit(seconds);
    return this.#take(outcome);
  }

  #turn(argument: string, nowMs: number): Reply {
    const azimuthDeg = numbers(argument, 1)?.[0] ?? Number.NaN;
    return this.#take(turnSlit(this.#spec, this.#state, { azimuthDeg, nowMs }));
  }

  /** Each permit takes the place of the one before. */
  async #watchPermit(seconds: number): Promise<void> {
    this.#watch.abort();
    this.#watch = new AbortController();
    try {
      await this.#deps.clock.sleep(seconds, this.#watch.signal);
    } catch {
      return;
    }
    const closing = deadManApplied(this.#spec, this.#state, this.#deps.clock.now());
    if (closing !== this.#state)
      this.#deps.log('The permit ran out: the shutter closes by itself.');
    this.#state = closing;
  }

  #take(outcome: DomeOutcome): Reply {
    return outcome.ok ? this.#become(outcome.state) : errorReply(outcome.code, outcome.sentence);
  }

  #become(state: DomeState): Reply {
    this.#state = state;
    return okReply();
  }
}
