import type { FocuserSpec } from '#unit';
import type { Focuser, FocuserStatus } from '../focuser/focuser.ts';
import { refuseUnless } from '../refusal.ts';
import type { IndiDriverDeps } from './driver-deps.ts';
import { IndiDevice, setNumbers, switchOn } from './indi-device.ts';
import { nativeAnswer } from './native-answer.ts';

const POSITION = 'ABS_FOCUS_POSITION';

/** A focuser behind INDI that knows its position. */
export class IndiFocuser implements Focuser {
  readonly #spec: FocuserSpec;
  readonly #deps: IndiDriverDeps;
  readonly #focuser: IndiDevice;

  constructor(name: string, spec: FocuserSpec, deps: IndiDriverDeps) {
    const { client, log } = deps;
    this.#spec = spec;
    this.#deps = deps;
    const rescue = { property: 'FOCUS_ABORT_MOTION', order: switchOn('ABORT') };
    this.#focuser = new IndiDevice({ client, name, log, needs: [POSITION], rescue });
  }

  async status(): Promise<FocuserStatus> {
    await this.#focuser.alive();
    return {
      steps: Math.round(this.#focuser.number(POSITION, 'FOCUS_ABSOLUTE_POSITION') ?? Number.NaN),
      moving: this.#focuser.isBusy(POSITION),
      temperatureC: this.#focuser.number('FOCUS_TEMPERATURE', 'TEMPERATURE') ?? null,
      atMs: this.#deps.clock.now(),
    };
  }

  async move(steps: number): Promise<void> {
    const { alias, minSteps, maxSteps } = this.#spec;
    const isInTravel = Number.isInteger(steps) && steps >= minSteps && steps <= maxSteps;
    refuseUnless(isInTravel, alias, `Its travel is ${minSteps} to ${maxSteps} steps.`);
    await this.#focuser.ready();
    if (this.#focuser.number(POSITION, 'FOCUS_ABSOLUTE_POSITION') === steps) return;
    await this.#focuser.order(POSITION, setNumbers({ FOCUS_ABSOLUTE_POSITION: steps }), 'fresh');
  }

  async stop(): Promise<void> {
    await this.#focuser.ready();
    if (!this.#focuser.isBusy(POSITION)) return;
    await this.#focuser.order('FOCUS_ABORT_MOTION', switchOn('ABORT'), 'fresh');
  }

  native(request: string): Promise<string> {
    return nativeAnswer([this.#focuser], request);
  }

  async close(): Promise<void> {
    this.#deps.client.stop();
  }
}
