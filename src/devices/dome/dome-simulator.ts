import type { Clock } from '#platform';
import type { DomeSpec } from '#unit';
import { FaultSet } from '../faults/fault-set.ts';
import { WIRE_FAULTS } from '../faults/wire-faults.ts';
import { errorReply, okReply } from '../link/device-reply.ts';
import type { Endpoint, Reply } from '../link/link.ts';
import { answer, answerNative, numbers } from '../link/request-table.ts';
import { DOME_FAULTS } from './dome-faults.ts';
import {
  closedDome,
  closeShutter,
  type DomeModel,
  type DomeOutcome,
  type DomeState,
  type DomeTruth,
  domeAt,
  domeStatus,
  domeStruck,
  domeTruth,
  homeSlit,
  isPowered,
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

/** Why a permit's watch ends: no error, which would cost more than the permit. */
const RENEWED = 'renewed';

/**
 * A dome controller on the line protocol, with its dead-man: it wakes when the permit runs out and
 * closes, whether anybody talks to it or not. It starts closed.
 */
export class DomeSimulator implements Endpoint {
  readonly faults = new FaultSet([...DOME_FAULTS, ...WIRE_FAULTS], {
    after: (name, change) => {
      const nowMs = this.#steadyMs();
      this.#state = domeStruck(this.#model, this.#state, { name, change, nowMs });
    },
  });
  readonly #model: DomeModel;
  readonly #deps: DomeSimulatorDeps;
  readonly #bornMs: number;
  #state: DomeState;
  #watch = new AbortController();

  constructor(spec: DomeSpec, deps: DomeSimulatorDeps) {
    this.#model = { spec, faults: this.faults };
    this.#deps = deps;
    this.#bornMs = deps.clock.now() - deps.clock.monotonic();
    this.#state = closedDome(this.#steadyMs());
  }

  async handle(text: string): Promise<Reply> {
    const now = this.#steadyMs();
    const wasCut = this.#state.powerCut;
    this.#state = domeAt(this.#model, this.#state, now);
    if (wasCut && !this.#state.powerCut) this.faults.clear('brown-out');
    if (!isPowered(this.#state, now)) return { text: '', fault: 'silence' };
    return await answer(
      {
        'GET STATUS': () => {
          const status = domeStatus(this.#model, this.#state, now);
          return okReply({ ...status, atMs: this.#deps.clock.now() });
        },
        'DO OPEN': () => this.#take(openShutter(this.#model, this.#state, now)),
        'DO CLOSE': () => this.#become(closeShutter(this.#model, this.#state, now)),
        'DO PERMIT': (argument) => this.#permit(argument, now),
        'DO TURN': (argument) => this.#turn(argument, now),
        'DO HOME': () => this.#become(homeSlit(this.#model, this.#state, now)),
        'DO NATIVE': (request) => answerNative(this, request),
      },
      text,
    );
  }

  /** How the dome really is, whatever it says. */
  truth(): DomeTruth {
    return domeTruth(this.#model, this.#state, this.#steadyMs());
  }

  /** Its own watch: a wall clock that is set back must not make a permit last longer (hazard F41). */
  #steadyMs(): number {
    return this.#bornMs + this.#deps.clock.monotonic();
  }

  /** Stops its own timers. */
  stop(): void {
    this.#watch.abort();
  }

  #permit(argument: string, nowMs: number): Reply {
    const { clock } = this.#deps;
    const seconds = numbers(argument, 1)?.[0] ?? Number.NaN;
    const longestSeconds = clock.allow(this.#model.spec.permitSeconds);
    const order = { seconds, longestSeconds, nowMs };
    const outcome = permitOpening(this.#model, this.#state, order);
    if (outcome.ok) void this.#watchPermit(seconds);
    return this.#take(outcome);
  }

  #turn(argument: string, nowMs: number): Reply {
    const azimuthDeg = numbers(argument, 1)?.[0] ?? Number.NaN;
    return this.#take(turnSlit(this.#model, this.#state, { azimuthDeg, nowMs }));
  }

  /** Each permit takes the place of the one before. */
  async #watchPermit(seconds: number): Promise<void> {
    this.#watch.abort(RENEWED);
    this.#watch = new AbortController();
    try {
      await this.#deps.clock.sleep(seconds, this.#watch.signal);
    } catch {
      return;
    }
    const before = this.#state.shutter.target;
    this.#state = domeAt(this.#model, this.#state, this.#steadyMs());
    if (before === 'open' && this.#state.shutter.target === 'closed')
      this.#deps.log('The permit ran out: the shutter closes by itself.');
  }

  #take(outcome: DomeOutcome): Reply {
    return outcome.ok ? this.#become(outcome.state) : errorReply(outcome.code, outcome.sentence);
  }

  #become(state: DomeState): Reply {
    this.#state = state;
    return okReply();
  }
}
