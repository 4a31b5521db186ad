import type { Work } from '#agent';
import type { Dome, DomeStatus } from '#devices';
import type { Clock } from '#platform';
import { writeDeviceStatus } from './execution-store.ts';

/** What the Majordome saw of the dome at one look; null when it does not answer. */
export type DomeLook = DomeStatus | null;

/**
 * The Majordome's hand on the dome: opens it under the guardian's permit, closes it, and tells each
 * change once, also over a restart (the last state is in the database).
 */
export class DomeKeeper {
  readonly #dome: Dome;
  readonly #clock: Clock;
  readonly #transact: <T>(work: (work: Work) => Promise<T>) => Promise<T>;
  readonly #name: string;
  #last: string;
  #orderedClose = false;
  #orderedOpen = false;
  #notedMs = 0;

  constructor(parts: {
    dome: Dome;
    clock: Clock;
    name: string;
    lastShutter: string;
    transact: <T>(work: (work: Work) => Promise<T>) => Promise<T>;
  }) {
    this.#dome = parts.dome;
    this.#clock = parts.clock;
    this.#transact = parts.transact;
    this.#name = parts.name;
    this.#last = parts.lastShutter;
  }

  /** Asks the dome where it is, and tells when it has come to rest somewhere new. */
  async look(): Promise<DomeLook> {
    const status = await this.#dome.status().catch(() => null);
    if (!status) return null;
    const { shutter } = status;
    const arrived = shutter !== this.#last && (shutter === 'open' || shutter === 'closed');
    const stale = this.#clock.now() - this.#notedMs >= this.#clock.period(6) * 1000;
    if (shutter === this.#last && !stale) return status;
    await this.#transact(async (work) => {
      await writeDeviceStatus(work, 'dome', status);
      if (arrived && this.#last !== '') {
        await work.fact(shutter === 'open' ? 'DomeOpened' : 'DomeClosed', { by: this.#name });
      }
    });
    this.#notedMs = this.#clock.now();
    if (arrived || this.#last === '') this.#last = shutter;
    if (shutter === 'closed') this.#orderedClose = false;
    if (shutter === 'open') this.#orderedOpen = false;
    return status;
  }

  /** Opens when the guardian allows it; without its permit nothing is asked. */
  async open(status: DomeLook, sunAltDeg: number): Promise<void> {
    if (!status || status.permitSeconds <= 0) return;
    if (status.shutter === 'open' || status.shutter === 'opening') return;
    if (!this.#orderedOpen) {
      const payload = { by: this.#name, sunAltDeg: Math.round(sunAltDeg * 100) / 100 };
      await this.#transact((work) => work.fact('DomeOpening', payload));
    }
    this.#orderedOpen = true;
    this.#orderedClose = false;
    await this.#dome.open();
  }

  /** Closes; told once for each closing, ordered until it shows. */
  async close(status: DomeLook, reason: string): Promise<void> {
    if (status && (status.shutter === 'closed' || status.shutter === 'closing')) return;
    await this.#dome.close();
    if (this.#orderedClose) return;
    this.#orderedClose = true;
    this.#orderedOpen = false;
    await this.#transact((work) => work.fact('DomeClosing', { by: this.#name, reason }));
  }
}
