import { connect, createServer, type Server, type Socket } from 'node:net';

/** Where a device listens. */
interface Address {
  readonly host: string;
  readonly port: number;
}

/** Words that a recorder looks for: in what is asked of the device, or in what it answers. */
export interface Watched {
  readonly asked?: string;
  readonly answered?: string;
}

/**
 * A TCP proxy in front of a device that notes when certain words pass: an answer before it is handed
 * on, a request when it has come. Times are `performance.now()` milliseconds of this process.
 */
export class WireRecorder {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #seenMs: number[] = [];

  constructor(device: Address, { asked, answered }: Watched) {
    this.#server = createServer((client) => {
      const upstream = connect(device);
      this.#pipe(client, upstream, asked);
      this.#pipe(upstream, client, answered);
    });
  }

  async listen({ host, port }: Address): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port }, resolve);
    });
  }

  /** When the words passed first after that instant; null when they have not. */
  firstAfter(ms: number): number | null {
    return this.#seenMs.find((seen) => seen >= ms) ?? null;
  }

  /** Forgets what is past. */
  forget(): void {
    this.#seenMs = [];
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #pipe(from: Socket, to: Socket, words: string | undefined): void {
    this.#sockets.add(from);
    from.setNoDelay(true);
    from.on('error', () => undefined);
    from.once('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
    // Words may come in two pieces.
    let tail = '';
    from.on('data', (chunk: Buffer) => {
      const text = tail + chunk.toString('latin1');
      const isSeen = words !== undefined && text.includes(words);
      if (isSeen) this.#seenMs.push(performance.now());
      tail = isSeen || words === undefined ? '' : text.slice(1 - words.length);
      to.write(chunk);
    });
  }
}
