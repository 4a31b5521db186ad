import type { Plc, PlcFrame, SimulatorHand } from '#devices';
import { type Clock, iso, PyrosError, realPause, sentenceOf } from '#platform';
import type { Unit } from '#unit';
import { type SimulatedDeviceSpec, simulatedDevices } from './simulated-devices.ts';
import type { PlcValueView, SimulatedDeviceView, SimulatorPage } from './simulator-page.ts';

/** What a person can do to a simulator. */
export type Hand = Pick<SimulatorHand, 'list' | 'set' | 'clear' | 'value'>;

/** What the page is read from. */
export interface SimulatorStoreParts {
  readonly unit: Unit;
  readonly clock: Clock;
  /** Takes a simulator by the hand. */
  readonly handOf: (device: SimulatedDeviceSpec) => Hand;
  /** The PLC as agents see it. */
  readonly plc: Plc;
}

/** A silent PLC keeps the page waiting no longer than this, real ms. */
const PATIENCE_MS = 800;

/** Reads the simulators for their page; what one of them no longer tells stays as it was. */
export class SimulatorStore {
  readonly #hands: ReadonlyMap<string, Hand>;
  readonly #devices: readonly SimulatedDeviceSpec[];
  readonly #parts: SimulatorStoreParts;
  readonly #byHand = new Set<string>();
  #frame: PlcFrame | null = null;
  #looking: Promise<void> | null = null;

  constructor(parts: SimulatorStoreParts) {
    this.#parts = parts;
    this.#devices = simulatedDevices(parts.unit);
    this.#hands = new Map(this.#devices.map((device) => [device.name, parts.handOf(device)]));
  }

  async page(): Promise<SimulatorPage> {
    const devices = await Promise.all(this.#devices.map((device) => this.#view(device)));
    const hasPlc = this.#devices.some(({ name }) => name === 'plc');
    if (hasPlc) await Promise.race([this.#look(), realPause(PATIENCE_MS)]);
    return { now: iso(this.#parts.clock.now()), devices, values: this.#values() };
  }

  /**
   * The hand on one simulator. Throws `NOT_SIMULATED`: real devices are not driven from a page, whatever
   * they would answer.
   */
  hand(device: string): Hand {
    const hand = this.#hands.get(device);
    if (hand) return hand;
    const known = [...this.#hands.keys()].join(', ');
    throw new PyrosError('NOT_SIMULATED', `The unit has no simulated device ${device}.`, {
      remedy: known === '' ? 'Nothing of this unit is simulated.' : `There are ${known}.`,
    });
  }

  /** Remembers that a value is held, or given back. */
  held(place: { device: string; name: string }, value: number | string): void {
    const key = `${place.device}.${place.name}`;
    if (value === 'auto') this.#byHand.delete(key);
    else this.#byHand.add(key);
  }

  /** One question at a time: a PLC that keeps silent is not asked again before it was given up. */
  #look(): Promise<void> {
    this.#looking ??= this.#parts.plc
      .status()
      .then((frame) => {
        this.#frame = frame;
      })
      .catch(() => undefined)
      .finally(() => (this.#looking = null));
    return this.#looking;
  }

  async #view({ name, alias, kind }: SimulatedDeviceSpec): Promise<SimulatedDeviceView> {
    const device = { name, alias, kind };
    try {
      const { known, active } = await this.hand(name).list();
      const faults = known.map((fault) => {
        const found = active.find((one) => one.name === fault.name);
        const { description, usualAmount } = fault;
        const amount = found?.amount ?? null;
        return { name: fault.name, description, usualAmount, active: found !== undefined, amount };
      });
      return { ...device, trouble: null, faults };
    } catch (error) {
      return { ...device, trouble: sentenceOf(error), faults: [] };
    }
  }

  #values(): PlcValueView[] {
    return (this.#frame?.device ?? []).flatMap(({ name: device, values }) =>
      values.map(({ name, value, unit, comment }) => {
        const byHand = this.#byHand.has(`${device}.${name}`);
        return { device, name, value, unit, comment, byHand };
      }),
    );
  }
}
