import { z } from 'zod';
import { Conversation } from '../../link/conversation.ts';
import type { Link } from '../../link/link.ts';
import { refuseUnless } from '../../refusal.ts';
import type { Dome, DomeStatus } from '../dome.ts';

const statusSchema = z.strictObject({
  shutter: z.enum(['open', 'closed', 'opening', 'closing', 'intermediate', 'unknown']),
  azimuthDeg: z.number().min(0).lt(360),
  rotating: z.boolean(),
  homing: z.boolean(),
  permitSeconds: z.number().min(0),
  atMs: z.number(),
});

/** A dome that speaks the line protocol of docs/wire-protocol.md. */
export class PyrosDome implements Dome {
  readonly #name: string;
  readonly #dome: Conversation;

  constructor(name: string, link: Link) {
    this.#name = name;
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

  async permit(seconds: number): Promise<void> {
    refuseUnless(seconds >= 0 && seconds < 1e6, this.#name, 'A permit is a number of seconds.');
    await this.#dome.order(`DO PERMIT ${seconds}`);
  }

  async turn(azimuthDeg: number): Promise<void> {
    const isAzimuth = azimuthDeg >= 0 && azimuthDeg < 360;
    refuseUnless(isAzimuth, this.#name, 'An azimuth lies in [0, 360[ degrees.');
    await this.#dome.order(`DO TURN ${azimuthDeg}`);
  }

  home(): Promise<void> {
    return this.#dome.order('DO HOME');
  }

  native(request: string): Promise<string> {
    return this.#dome.native(request);
  }

  disconnect(): Promise<void> {
    return this.#dome.close();
  }
}
