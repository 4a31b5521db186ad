import type { FastifyInstance } from 'fastify';
import { type AgentContext, AgentService, Sender } from '#agent';
import { type LinkFactory, openPlc, SimulatorHand } from '#devices';
import { PyrosError, sentenceOf } from '#platform';
import type { Unit } from '#unit';
import { addRoutes } from './dashboard-routes.ts';
import { LiveFeed } from './live-feed.ts';
import { ObservatoryStore } from './observatory-store.ts';
import { OperatorKeeper } from './operator-keeper.ts';
import { operatorKey } from './operator-key-file.ts';
import { SimulatorStore } from './simulator-store.ts';
import { TonightStore } from './tonight-store.ts';
import { tonightView } from './tonight-view.ts';
import { makeServer } from './web-server.ts';

/** What the web server needs beside its context. */
export interface WebParts {
  readonly unit: Unit;
  readonly dataFolder: string;
  readonly version: string;
  /** To the simulators, for their page. */
  readonly links: LinkFactory;
}

/** Without a change the page is still sent this often, so that it knows that we live; seconds. */
const KEEP_ALIVE_SECONDS = 2;

/** How long a person waits for the Majordome's answer, seconds. */
const PATIENCE_SECONDS = 20;

/**
 * The web server: the dashboard's pages and their live feed. What people ask on them it hands to the
 * Majordome, and to simulators; it commands nothing by itself.
 */
export class WebAgent extends AgentService {
  protected readonly listensTo = [];
  protected readonly routineSeconds = KEEP_ALIVE_SECONDS;
  readonly #parts: WebParts;
  readonly #feed: LiveFeed;
  readonly #store: TonightStore;
  #server: FastifyInstance | null = null;
  #stopListening: () => void = () => undefined;

  constructor(context: AgentContext, parts: WebParts) {
    super(context);
    this.#parts = parts;
    const { clock, database, log } = this;
    const store = new TonightStore({ database, clock, unit: parts.unit });
    this.#store = store;
    const make = async () => JSON.stringify(tonightView(await store.gather()));
    this.#feed = new LiveFeed({ make, clock, log });
  }

  protected override async prepare(): Promise<void> {
    // At a restart the pages go on being served.
    if (this.#server) return;
    const { unit, dataFolder } = this.#parts;
    const { clock, database } = this;
    const server = await makeServer();
    const [feed, store] = [this.#feed, this.#store];
    const { host, port } = unit.web.listen;
    addRoutes(server, {
      ...{ database, clock, unit, dataFolder, feed, store },
      ...this.#peopleParts(),
    });
    try {
      await server.listen({ host, port });
    } catch (error) {
      throw new PyrosError(
        'ADDRESS_UNAVAILABLE',
        `The page cannot be served: ${sentenceOf(error)}.`,
        {
          cause: error,
          remedy: `Stop what uses port ${port}, or choose another with --port.`,
        },
      );
    }
    this.#server = server;
    this.#stopListening = database.onChange(() => this.#feed.changed());
    void this.#feed.run();
  }

  /** What the actions of people go through. */
  #peopleParts() {
    const { unit, dataFolder, links } = this.#parts;
    const { clock, database, log, name } = this;
    const loopback = isLoopback(unit.web.listen.host);
    return {
      observatory: new ObservatoryStore({ database, clock, unit, tonight: this.#store }),
      keeper: new OperatorKeeper({ key: operatorKey(dataFolder), loopback, log }),
      sender: new Sender({ name, database, clock }),
      majordome: unit.agents.find((agent) => agent.kind === 'majordome')?.alias ?? 'Majordome',
      patienceSeconds: () => clock.allow(PATIENCE_SECONDS),
      simulators: new SimulatorStore({
        unit,
        clock,
        plc: openPlc(unit.plc, { clock, links }),
        handOf: ({ alias, address, wire }) => new SimulatorHand(alias, { address, wire, links }),
      }),
    };
  }

  protected override async routine(): Promise<void> {
    this.#feed.changed();
  }

  protected override async end(): Promise<void> {
    this.#stopListening();
    this.#feed.stop();
    await this.#server?.close();
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}
