import { type AgentContext, AgentService } from '#agent';
import type { Unit } from '#unit';
import { GicServer } from './gic-server.ts';
import { GicStore } from './gic-store.ts';

/** Without `gic` in the unit file it sends nothing and only lives. */
const IDLE_SECONDS = 60;

/** The feed for the long-term monitoring at GIC: all statuses, a line at each period. */
export class GicAgent extends AgentService {
  protected readonly listensTo = [];
  protected readonly routineSeconds: number;
  readonly #unit: Unit;
  readonly #isListening: boolean;
  readonly #store: GicStore;
  #server: GicServer | null = null;

  /** `listen`: false where there is nobody outside, as on virtual time. */
  constructor(context: AgentContext, parts: { unit: Unit; listen: boolean }) {
    super(context);
    const { database, clock } = context;
    this.#unit = parts.unit;
    this.#isListening = parts.listen;
    this.routineSeconds = parts.unit.gic?.periodSeconds ?? IDLE_SECONDS;
    this.#store = new GicStore({ database, clock, unit: parts.unit });
  }

  /** Where it listens; null while it does not. */
  get port(): number | null {
    return this.#server?.port ?? null;
  }

  protected override async prepare(): Promise<void> {
    const { gic } = this.#unit;
    if (!this.#isListening || !gic || this.#server) return;
    const onTrouble = (sentence: string) => this.log.warn(sentence);
    this.#server = await GicServer.open({ listen: gic.listen, onTrouble });
  }

  protected override async routine(): Promise<void> {
    const server = this.#server;
    if (!server || server.clients === 0) return;
    server.send(JSON.stringify(await this.#store.document()));
  }

  protected override async end(): Promise<void> {
    await this.#server?.close();
    this.#server = null;
  }
}
