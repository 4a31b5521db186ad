import type { Clock } from '#platform';
import type { FocuserSpec } from '#unit';
import { FaultSet } from '../faults/fault-set.ts';
import { WIRE_FAULTS } from '../faults/wire-faults.ts';
import { errorReply, okReply } from '../link/device-reply.ts';
import type { Endpoint, Reply } from '../link/link.ts';
import { answer, answerNative, numbers } from '../link/request-table.ts';
import {
  FOCUSER_FAULTS,
  type FocuserModel,
  type FocuserState,
  isFocuserMoving,
  isInTravel,
  moveFocuser,
  restingFocuser,
  stepsAt,
  stopFocuser,
} from './focuser-model.ts';

/** What a simulated focuser needs besides its specification. */
export interface FocuserSimulatorDeps {
  readonly clock: Clock;
  /** Of the air at an instant (UTC ms), Celsius: what its probe measures. */
  readonly airAt: (ms: number) => number;
}

/** A focuser on the line protocol. It starts where its first filters are in focus. */
export class FocuserSimulator implements Endpoint {
  readonly faults = new FaultSet([...FOCUSER_FAULTS, ...WIRE_FAULTS], {
    before: () => this.#goOnFromHere(),
    after: (name) => {
      if (name === 'stuck') this.#state = stopFocuser(this.#model, this.#state, this.#now());
    },
  });
  readonly #model: FocuserModel;
  readonly #deps: FocuserSimulatorDeps;
  #state: FocuserState;

  constructor(spec: FocuserSpec, deps: FocuserSimulatorDeps) {
    this.#model = { spec, faults: this.faults };
    this.#deps = deps;
    this.#state = restingFocuser(this.#model, deps.clock.now());
  }

  handle(text: string): Promise<Reply> {
    return answer(
      {
        'GET STATUS': () => okReply(this.#status()),
        'DO MOVE': (argument) => this.#move(argument),
        'DO STOP': () => this.#become(stopFocuser(this.#model, this.#state, this.#now())),
        'DO NATIVE': (request) => answerNative(this, request),
      },
      text,
    );
  }

  #status(): object {
    const atMs = this.#now();
    return {
      steps: stepsAt(this.#model, this.#state, atMs),
      moving: isFocuserMoving(this.#model, this.#state, atMs),
      temperatureC: Number(this.#deps.airAt(atMs).toFixed(2)),
      atMs,
    };
  }

  #move(argument: string): Reply {
    const steps = numbers(argument, 1)?.[0] ?? Number.NaN;
    const { minSteps, maxSteps } = this.#model.spec;
    if (!isInTravel(this.#model, steps)) {
      return errorReply('BAD_STEPS', `It moves in whole steps from ${minSteps} to ${maxSteps}.`);
    }
    return this.#become(moveFocuser(this.#model, this.#state, { steps, nowMs: this.#now() }));
  }

  /** What has crept until now stays; a motion in progress goes on. */
  #goOnFromHere(): void {
    const nowMs = this.#now();
    const fromSteps = stepsAt(this.#model, this.#state, nowMs);
    const isMoving = isFocuserMoving(this.#model, this.#state, nowMs);
    const toSteps = isMoving ? this.#state.toSteps : fromSteps;
    this.#state = { fromSteps, toSteps, startMs: nowMs };
  }

  #become(state: FocuserState): Reply {
    this.#state = state;
    return okReply();
  }

  #now(): number {
    return this.#deps.clock.now();
  }
}
