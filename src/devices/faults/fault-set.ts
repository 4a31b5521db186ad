import { PyrosError } from '#platform';
import type { ActiveFault, FaultPlane, KnownFault } from '../fault-plane.ts';

/** The faults that stand, as the model of a simulator asks for them. */
export interface FaultView {
  has(name: string): boolean;
  /** The measure of a fault that stands; 0 of one that does not, or that has none. */
  amount(name: string): number;
}

/** A device in good order. */
export const NO_FAULTS: FaultView = { has: () => false, amount: () => 0 };

/** Told right before the faults change, and right after one was set or cleared. */
export interface FaultListener {
  before?(): void;
  after?(name: string, change: 'set' | 'cleared'): void;
}

/** The faults of one simulator. */
export class FaultSet implements FaultPlane, FaultView {
  readonly known: readonly KnownFault[];
  readonly #active = new Map<string, number | null>();
  readonly #listener: FaultListener;

  constructor(known: readonly KnownFault[], listener: FaultListener = {}) {
    this.known = known;
    this.#listener = listener;
  }

  active(): readonly ActiveFault[] {
    return [...this.#active].map(([name, amount]) => ({ name, amount }));
  }

  has(name: string): boolean {
    return this.#active.has(name);
  }

  amount(name: string): number {
    return this.#active.get(name) ?? 0;
  }

  /** Set again, it takes the new amount. Throws `FAULT_UNKNOWN`, also on an amount that is no measure. */
  set(name: string, amount?: number): void {
    const fault = this.known.find((one) => one.name === name);
    if (!fault) throw this.#unknown(name);
    if (amount !== undefined && !(Number.isFinite(amount) && amount >= 0)) {
      throw new PyrosError('FAULT_UNKNOWN', `${amount} is no amount of the fault ${name}.`, {
        remedy: 'Give a number from 0 on.',
      });
    }
    this.#listener.before?.();
    this.#active.set(name, fault.usualAmount === null ? null : (amount ?? fault.usualAmount));
    this.#listener.after?.(name, 'set');
  }

  /** Throws `FAULT_UNKNOWN` on a name that is not known; one that does not stand is no error. */
  clear(name?: string): void {
    if (name !== undefined && !this.known.some((one) => one.name === name)) {
      throw this.#unknown(name);
    }
    const cleared = [...this.#active.keys()].filter((one) => name === undefined || one === name);
    for (const one of cleared) {
      this.#listener.before?.();
      this.#active.delete(one);
      this.#listener.after?.(one, 'cleared');
    }
  }

  #unknown(name: string): PyrosError {
    const names = this.known.map((one) => one.name).join(', ');
    return new PyrosError('FAULT_UNKNOWN', `This simulator knows no fault "${name}".`, {
      remedy: `It knows ${names}.`,
    });
  }
}
