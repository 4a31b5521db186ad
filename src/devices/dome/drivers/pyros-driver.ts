import { z } from 'zod';
import { Conversation } from '../../link/conversation.ts';
import type { Link } from '../../link/link.ts';
import type { Dome, DomeStatus } from '../dome.ts';

const statusSchema = z.strictObject({
  shutter: z.enum(['open', 'closed', 'opening', 'closing', 'intermediate', 'unknown']),
  azimuthDeg: z.number().min(0).lt(360),
  rotating: z.boolean(),
  permitSeconds: z.number().min(0),
  atMs: z.number(),
});

/** A dome that speaks the line protocol of docs/wire-protocol.md. */
export class PyrosDome implements Dome {
  readonly #dome: Conversation;

  constructor(name: string, link: Link) {
    this.#dome = new Conversation(name, link);
  }

  status(): Promise<DomeStatus> {
    return this.#dome.query('GET STATUS', statusSchema);
  }

  open(): Promise<void> {
    return this.#dome.order('DO OPEN');
  }

  close(): Promise<void> {
    return this.#dome.order('DO CLOSE');
  }

  permit(seconds: number): Promise<void> {
    return this.#dome.order(`DO PERMIT ${seconds}`);
  }

  turn(azimuthDeg: number): Promise<void> {
    return this.#dome.order(`DO TURN ${azimuthDeg}`);
  }

  disconnect(): Promise<void> {
    return this.#dome.close();
  }
}
