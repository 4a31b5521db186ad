import type { Clock } from '#platform';
import { errorReply, okReply } from '../link/device-reply.ts';
import type { Endpoint, Reply } from '../link/link.ts';
import { answer, numbers } from '../link/request-table.ts';
import {
  gotoTarget,
  type MountModel,
  type MountState,
  mountStatus,
  parkedMount,
  parkMount,
  stopMount,
} from './mount-model.ts';

/** A mount on the line protocol: real kinematics on the clock it is given. It starts parked. */
export class TelescopeSimulator implements Endpoint {
  readonly #model: MountModel;
  readonly #clock: Clock;
  #state: MountState;

  constructor(model: MountModel, clock: Clock) {
    this.#model = model;
    this.#clock = clock;
    this.#state = parkedMount(model, clock.now());
  }

  handle(text: string): Promise<Reply> {
    const now = this.#clock.now();
    return answer(
      {
        'GET STATUS': () => okReply(mountStatus(this.#model, this.#state, now)),
        'DO GOTO': (argument) => this.#goto(argument, now),
        'DO STOP': () => this.#become(stopMount(this.#model, this.#state, now)),
        'DO PARK': () => this.#become(parkMount(this.#model, this.#state, now)),
      },
      text,
    );
  }

  #goto(argument: string, nowMs: number): Reply {
    const [raDeg, decDeg] = numbers(argument, 2) ?? [];
    if (raDeg === undefined || decDeg === undefined) {
      return errorReply('BAD_COORDINATES', 'DO GOTO needs RA and Dec in decimal degrees.');
    }
    const outcome = gotoTarget(this.#model, this.#state, { target: { raDeg, decDeg }, nowMs });
    if (outcome.ok) return this.#become(outcome.state);
    return errorReply(outcome.code, outcome.sentence);
  }

  #become(state: MountState): Reply {
    this.#state = state;
    return okReply();
  }
}
