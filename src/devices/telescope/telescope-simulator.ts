import type { Clock } from '#platform';
import { FaultSet } from '../faults/fault-set.ts';
import { WIRE_FAULTS } from '../faults/wire-faults.ts';
import { errorReply, okReply } from '../link/device-reply.ts';
import type { Endpoint, Reply } from '../link/link.ts';
import { answer, answerNative, numbers } from '../link/request-table.ts';
import { MOUNT_FAULTS } from './mount-faults.ts';
import {
  gotoTarget,
  homeMount,
  isHomed,
  type MountModel,
  type MountState,
  type MountTruth,
  mountStatus,
  mountStruck,
  mountTruth,
  parkedMount,
  parkMount,
  stopMount,
} from './mount-model.ts';

/** A mount on the line protocol: real kinematics on the clock it is given. It starts parked. */
export class TelescopeSimulator implements Endpoint {
  readonly faults = new FaultSet([...MOUNT_FAULTS, ...WIRE_FAULTS], {
    after: (name, change) => {
      const blow = { name, change, nowMs: this.#clock.now() };
      this.#state = mountStruck(this.#model, this.#state, blow);
    },
  });
  readonly #model: MountModel;
  readonly #clock: Clock;
  #state: MountState;

  constructor(built: Omit<MountModel, 'faults'>, clock: Clock) {
    this.#model = { ...built, faults: this.faults };
    this.#clock = clock;
    this.#state = parkedMount(this.#model, clock.now());
  }

  handle(text: string): Promise<Reply> {
    const now = this.#clock.now();
    if (isHomed(this.#state, now)) this.faults.clear('lost-position');
    return answer(
      {
        'GET STATUS': () => okReply(mountStatus(this.#model, this.#state, now)),
        'DO GOTO': (argument) => this.#goto(argument, now),
        'DO STOP': () => this.#become(stopMount(this.#model, this.#state, now)),
        'DO PARK': () => this.#park(now),
        'DO HOME': () => this.#become(homeMount(this.#model, this.#state, now)),
        'DO NATIVE': (request) => answerNative(this, request),
      },
      text,
    );
  }

  /** Where the telescope really looks, whatever the mount says. */
  truth(): MountTruth {
    return mountTruth(this.#model, this.#state, this.#clock.now());
  }

  #park(nowMs: number): Reply {
    if (this.faults.has('refuses-park')) return errorReply('REFUSED', 'The mount does not park.');
    return this.#become(parkMount(this.#model, this.#state, nowMs));
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
