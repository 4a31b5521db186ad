import { z } from 'zod';
import type { FocuserSpec } from '#unit';
import { Conversation } from '../../link/conversation.ts';
import type { Link } from '../../link/link.ts';
import { refuseUnless } from '../../refusal.ts';
import type { Focuser, FocuserStatus } from '../focuser.ts';

const statusSchema = z.strictObject({
  steps: z.number(),
  moving: z.boolean(),
  temperatureC: z.number().nullable(),
  atMs: z.number(),
});

/** A focuser that speaks the line protocol of docs/wire-protocol.md. */
export class PyrosFocuser implements Focuser {
  readonly #spec: FocuserSpec;
  readonly #focuser: Conversation;

  constructor(spec: FocuserSpec, link: Link) {
    this.#spec = spec;
    this.#focuser = new Conversation(spec.alias, link);
  }

  status(): Promise<FocuserStatus> {
    return this.#focuser.query('GET STATUS', statusSchema);
  }

  async move(steps: number): Promise<void> {
    const { alias, minSteps, maxSteps } = this.#spec;
    const isInTravel = Number.isInteger(steps) && steps >= minSteps && steps <= maxSteps;
    refuseUnless(isInTravel, alias, `It moves in whole steps from ${minSteps} to ${maxSteps}.`);
    await this.#focuser.order(`DO MOVE ${steps}`);
  }

  stop(): Promise<void> {
    return this.#focuser.order('DO STOP');
  }

  native(request: string): Promise<string> {
    return this.#focuser.native(request);
  }

  close(): Promise<void> {
    return this.#focuser.close();
  }
}
