import { Conversation } from '../../link/conversation.ts';
import type { Link } from '../../link/link.ts';
import { refuseUnless } from '../../refusal.ts';
import type { Pointing, Telescope, TelescopeStatus } from '../telescope.ts';
import { telescopeStatusSchema } from '../telescope-status.ts';

/** A mount that speaks the line protocol of docs/wire-protocol.md. */
export class PyrosTelescope implements Telescope {
  readonly #name: string;
  readonly #mount: Conversation;

  constructor(name: string, link: Link) {
    this.#name = name;
    this.#mount = new Conversation(name, link);
  }

  status(): Promise<TelescopeStatus> {
    return this.#mount.query('GET STATUS', telescopeStatusSchema);
  }

  async goto({ raDeg, decDeg }: Pointing): Promise<void> {
    const isOnSky = raDeg >= 0 && raDeg < 360 && decDeg >= -90 && decDeg <= 90;
    refuseUnless(isOnSky, this.#name, 'RA must be in [0, 360[ and Dec in [-90, 90] degrees.');
    await this.#mount.order(`DO GOTO ${raDeg} ${decDeg}`);
  }

  stop(): Promise<void> {
    return this.#mount.order('DO STOP');
  }

  park(): Promise<void> {
    return this.#mount.order('DO PARK');
  }

  home(): Promise<void> {
    return this.#mount.order('DO HOME');
  }

  native(request: string): Promise<string> {
    return this.#mount.native(request);
  }

  close(): Promise<void> {
    return this.#mount.close();
  }
}
