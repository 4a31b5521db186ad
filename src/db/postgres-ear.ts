import { Client, type ClientConfig } from 'pg';
import { afterRealMs } from '#platform';

/** Between one try to connect again and the next, real milliseconds; the last is repeated. */
const RECONNECT_PAUSES = [10, 50, 100, 200, 500, 1000];

/**
 * One connection to PostgreSQL for telling and hearing that something has changed. It is made again
 * whenever it is lost, and whoever listens is then told once: something may have passed unheard.
 */
export class PostgresEar {
  readonly #config: ClientConfig;
  readonly #heard = new Map<string, Set<() => void>>();
  #client: Client | null = null;
  readonly #unsaid = new Set<string>();
  /** The last question asked: the connection takes one at a time. */
  #asked: Promise<unknown> = Promise.resolve();
  #saying: Promise<void> | null = null;
  #tries = 0;
  #forgetRetry: () => void = () => undefined;
  #isClosed = false;

  constructor(config: ClientConfig) {
    this.#config = config;
  }

  /** Rejects when the server cannot be reached. */
  async connect(): Promise<void> {
    const client = new Client(this.#config);
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    client.on('notification', ({ channel, processId }) => {
      // Our own listeners were told at the commit.
      if (processId !== ownPid(client)) this.#tell(channel);
    });
    await client.connect();
    // What is told is on the disk already: losing the telling loses nothing.
    await client.query('set synchronous_commit = off');
    for (const channel of this.#heard.keys()) await client.query(`listen ${channel}`);
    if (this.#isClosed) await client.end();
    else this.#client = client;
  }

  /**
   * Calls `listener` when another connection notifies `channel` (a plain lower-case word), and for
   * nothing once the server has begun to listen, as somebody may have notified before.
   */
  listen(channel: string, listener: () => void): () => void {
    const listeners = this.#heard.get(channel) ?? new Set();
    const entry = () => listener();
    listeners.add(entry);
    if (!this.#heard.has(channel)) {
      this.#heard.set(channel, listeners);
      void this.#ask(`listen ${channel}`).then((done) => done && this.#tell(channel));
    }
    // The server goes on telling: names are few, and who waited for one soon waits again.
    return () => listeners.delete(entry);
  }

  /** Tells all other connections that listen to these channels; later, when the server is away. */
  notify(channels: readonly string[]): void {
    for (const channel of channels) this.#unsaid.add(channel);
    // What is announced while a question is under way goes with the next.
    if (this.#client && this.#unsaid.size > 0) this.#saying ??= this.#say();
  }

  /** What was to be told is told before, when the server is there. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#forgetRetry();
    await this.#saying;
    await this.#asked;
    await this.#client?.end();
  }

  async #say(): Promise<void> {
    let isAnswered = true;
    while (isAnswered && this.#unsaid.size > 0) {
      const channels = [...this.#unsaid];
      this.#unsaid.clear();
      isAnswered = await this.#ask(NOTIFY_ALL, [channels]);
      // The connection is lost: told when it is back.
      if (!isAnswered) for (const channel of channels) this.#unsaid.add(channel);
    }
    this.#saying = null;
  }

  /** Whether it was answered. A lost connection is no matter: the next one asks for everything. */
  async #ask(text: string, values: readonly unknown[] = []): Promise<boolean> {
    const client = this.#client;
    const answer = this.#asked.then(() => client?.query(text, [...values]));
    this.#asked = answer.catch(() => undefined);
    return await answer.then(
      () => client !== null,
      () => false,
    );
  }

  #tell(channel: string): void {
    for (const listener of [...(this.#heard.get(channel) ?? [])]) listener();
  }

  #lost(client: Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    this.#retry();
  }

  #retry(): void {
    if (this.#isClosed) return;
    const pause = RECONNECT_PAUSES[this.#tries] ?? RECONNECT_PAUSES.at(-1) ?? 0;
    this.#tries += 1;
    this.#forgetRetry = afterRealMs(pause, () => void this.#reconnect());
  }

  async #reconnect(): Promise<void> {
    try {
      await this.connect();
    } catch {
      this.#retry();
      return;
    }
    this.#tries = 0;
    this.notify([]);
    for (const channel of this.#heard.keys()) this.#tell(channel);
  }
}

const NOTIFY_ALL = `select pg_notify(channel, '') from unnest($1::text[]) as channel`;

/** The driver knows it and does not declare it. */
function ownPid(client: Client): unknown {
  return 'processID' in client ? client.processID : null;
}
