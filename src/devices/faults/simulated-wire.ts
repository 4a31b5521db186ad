import type { Endpoint, Reply, WireKind } from '../link/link.ts';
import type { FaultView } from './fault-set.ts';
import { answerSim, type SimDialect, type SimulatorControls, simDialects } from './sim-requests.ts';
import { faultAfter, faultBefore } from './wire-faults.ts';

/** A simulator without its wire. */
export interface SimulatedCore extends Endpoint, Omit<SimulatorControls, 'faults'> {
  readonly faults: SimulatorControls['faults'] & FaultView;
  /** Told of a STATUS that the wire did not let through. */
  missed?(): void;
}

/**
 * A simulator behind its wire: `SIM` requests reach its controls whatever is wrong, everything else
 * meets the faults of the wire on its way in and out.
 */
export class SimulatedWire implements Endpoint {
  readonly #core: SimulatedCore;
  readonly #dialect: SimDialect;
  readonly #onStatus: () => void;

  /** `onStatus` is told of each STATUS that is asked, before any fault. */
  constructor(core: SimulatedCore, wire: WireKind, onStatus: () => void) {
    this.#core = core;
    this.#dialect = simDialects[wire];
    this.#onStatus = onStatus;
  }

  async handle(text: string): Promise<Reply> {
    const words = this.#dialect.wordsOf(text);
    if (words !== undefined) return answerSim(this.#core, words, this.#dialect);
    const isStatus = this.#dialect.isStatus(text);
    if (isStatus) this.#onStatus();
    const before = faultBefore(this.#core.faults);
    if (before) {
      if (isStatus) this.#core.missed?.();
      return { text: '', fault: before };
    }
    return this.#delivered(await this.#answer(text, isStatus));
  }

  async #answer(text: string, isStatus: boolean): Promise<Reply> {
    const isRead = isStatus || text.startsWith('GET ');
    const isDeaf = this.#core.faults.has('deaf') && !isRead;
    return isDeaf ? this.#dialect.yes(text) : await this.#core.handle(text);
  }

  #delivered(reply: Reply): Reply {
    const fault = reply.fault ?? faultAfter(this.#core.faults);
    return fault ? { ...reply, fault } : reply;
  }
}
