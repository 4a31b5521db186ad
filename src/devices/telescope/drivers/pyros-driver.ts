import { z } from 'zod';
import { Conversation } from '../../link/conversation.ts';
import type { Link } from '../../link/link.ts';
import type { Pointing, Telescope, TelescopeStatus } from '../telescope.ts';

const statusSchema = z.strictObject({
  motion: z.enum([
    'parked',
    'parking',
    'stopped',
    'slewing',
    'tracking',
    'homing',
    'fault',
    'unknown',
  ]),
  raDeg: z.number().min(0).lt(360),
  decDeg: z.number().min(-90).max(90),
  altDeg: z.number().min(-90).max(90),
  azDeg: z.number().min(0).lt(360),
  haDeg: z.number().min(-180).max(180),
  stopSensor: z.boolean(),
  flatPosition: z.boolean(),
  remainingSeconds: z.number().min(0).exactOptional(),
  atMs: z.number(),
});

/** A mount that speaks the line protocol of docs/wire-protocol.md. */
export class PyrosTelescope implements Telescope {
  readonly #mount: Conversation;

  constructor(name: string, link: Link) {
    this.#mount = new Conversation(name, link);
  }

  status(): Promise<TelescopeStatus> {
    return this.#mount.query('GET STATUS', statusSchema);
  }

  goto({ raDeg, decDeg }: Pointing): Promise<void> {
    return this.#mount.order(`DO GOTO ${raDeg} ${decDeg}`);
  }

  stop(): Promise<void> {
    return this.#mount.order('DO STOP');
  }

  park(): Promise<void> {
    return this.#mount.order('DO PARK');
  }

  close(): Promise<void> {
    return this.#mount.close();
  }
}
