import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { PyrosError } from '#platform';

/** The monitoring at GIC is one client; a few more may look. */
const MOST_CLIENTS = 16;
/** A client that left so much unread, bytes, is too slow to be served. */
const MOST_UNREAD_BYTES = 1_000_000;

export interface GicServerOptions {
  /** Port 0 takes any free one. */
  readonly listen: { readonly host: string; readonly port: number };
  /** Told of clients that were dropped, one sentence each. */
  readonly onTrouble: (sentence: string) => void;
}

/**
 * Sends lines to whoever is connected, and never waits for anybody: a client that does not read is
 * dropped. What clients send is thrown away.
 */
export class GicServer {
  readonly #options: GicServerOptions;
  readonly #clients = new Set<Socket>();
  readonly #server: Server;

  private constructor(options: GicServerOptions) {
    this.#options = options;
    this.#server = createServer((socket) => this.#receive(socket));
    this.#server.maxConnections = MOST_CLIENTS;
  }

  /** @throws PyrosError `ADDRESS_UNAVAILABLE` when it cannot listen there. */
  static async open(options: GicServerOptions): Promise<GicServer> {
    const made = new GicServer(options);
    const { host, port } = options.listen;
    try {
      made.#server.listen({ host, port });
      await once(made.#server, 'listening');
    } catch (cause) {
      throw new PyrosError('ADDRESS_UNAVAILABLE', `Cannot listen on ${host}:${port}.`, {
        cause,
        remedy: 'Stop the program that listens there, or change gic.listen in the unit file.',
      });
    }
    return made;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : this.#options.listen.port;
  }

  get clients(): number {
    return this.#clients.size;
  }

  /** Sends one line to every client. */
  send(line: string): void {
    for (const socket of this.#clients) {
      if (socket.writableLength > MOST_UNREAD_BYTES) {
        this.#options.onTrouble(`A client of the GIC feed (${socket.remoteAddress}) is too slow.`);
        socket.destroy();
      } else socket.write(`${line}\n`);
    }
  }

  /** Stops listening and ends every connection. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#clients) socket.destroy();
    await closed;
  }

  #receive(socket: Socket): void {
    this.#clients.add(socket);
    socket.once('close', () => this.#clients.delete(socket));
    // A reset is followed by close; without a listener it would end the process.
    socket.on('error', () => undefined);
    socket.setNoDelay(true);
    socket.resume();
  }
}
