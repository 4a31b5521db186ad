import type { Channel } from '#unit';
import { refuseUnless } from '../refusal.ts';
import type { IndiDriverDeps } from './driver-deps.ts';
import { IndiDevice, setNumbers } from './indi-device.ts';

const SLOT = 'FILTER_SLOT';

/** The wheel of a camera: its slots hold the filters of the unit file, in their order. */
export class IndiFilterWheel {
  readonly #spec: Channel;
  readonly #wheel: IndiDevice | null;

  /** Without a name there is no wheel: the first filter of the channel is always in the beam. */
  constructor(name: string | undefined, spec: Channel, { client, log }: IndiDriverDeps) {
    this.#spec = spec;
    this.#wheel = name === undefined ? null : new IndiDevice({ client, name, log, needs: [SLOT] });
  }

  get devices(): readonly IndiDevice[] {
    return this.#wheel ? [this.#wheel] : [];
  }

  /** The filter in the beam; null while it moves, or on a slot that the unit file does not know. */
  async status(): Promise<{ filter: string | null; isMoving: boolean }> {
    const wheel = this.#wheel;
    if (!wheel) return { filter: this.#filter(1), isMoving: false };
    await wheel.alive();
    const isMoving = wheel.isBusy(SLOT);
    const slot = wheel.number(SLOT, 'FILTER_SLOT_VALUE') ?? 0;
    return { filter: isMoving ? null : this.#filter(slot), isMoving };
  }

  /** Starts turning; refused for a filter that it does not hold. */
  async turn(filter: string): Promise<void> {
    const { alias, filters } = this.#spec;
    const names = filters.map(({ name }) => name);
    refuseUnless(names.includes(filter), alias, `The wheel holds ${names.join(', ')}.`);
    const slot = names.indexOf(filter) + 1;
    if (!this.#wheel) return;
    await this.#wheel.ready();
    const isThere = this.#wheel.number(SLOT, 'FILTER_SLOT_VALUE') === slot;
    if (isThere && !this.#wheel.isBusy(SLOT)) return;
    await this.#wheel.order(SLOT, setNumbers({ FILTER_SLOT_VALUE: slot }), 'fresh');
  }

  #filter(slot: number): string | null {
    return this.#spec.filters[Math.round(slot) - 1]?.name ?? null;
  }
}
