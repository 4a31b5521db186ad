import { createServer, type Server, type Socket } from 'node:net';
import { type Clock, PyrosError } from '#platform';
import { allowPeers, type PeerCheck } from './vtp-peers-server.ts';
import { type SessionOptions, serveAuthor } from './vtp-session.ts';

export interface VtpServerOptions {
  /** Port 0 takes any free one. */
  readonly listen: { readonly host: string; readonly port: number };
  /** Addresses and networks that may send; nobody when empty. */
  readonly allow: readonly string[];
  /** Our own ivorn, e.g. `ivo://pyros/SimulUnit1`. */
  readonly identity: string;
  readonly clock: Clock;
  readonly onEvent: SessionOptions['onEvent'];
  /** Told of refused peers and broken conversations, for the log. */
  readonly onTrouble?: (trouble: { readonly peer: string; readonly reason: string }) => void;
  /** Authors served at the same time (default 16). */
  readonly maxConnections?: number;
}

export interface VtpServer {
  readonly port: number;
  /** Stops listening, drops the connections and waits for the packets being handled. */
  close(): Promise<void>;
}

const DEFAULT_MAX_CONNECTIONS = 16;

/**
 * Receives VOEvents over TCP (VOEvent Transport Protocol). Each packet is answered once `onEvent` has
 * dealt with it, so nothing acknowledged is ever lost. Rejects with ALERT_LISTEN_FAILED.
 */
export async function startVtpServer(options: VtpServerOptions): Promise<VtpServer> {
  const door = new Door(options, allowPeers(options.allow));
  // Half-open: an author may close its side as soon as it has sent, and still wait for the answer.
  const server = createServer({ allowHalfOpen: true }, (socket) => door.receive(socket));
  await listen(server, options.listen);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : options.listen.port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      await door.close();
      await closed;
    },
  };
}

class Door {
  readonly #options: VtpServerOptions;
  readonly #isAllowed: PeerCheck;
  readonly #sessions = new Map<Socket, Promise<void>>();

  constructor(options: VtpServerOptions, isAllowed: PeerCheck) {
    this.#options = options;
    this.#isAllowed = isAllowed;
  }

  receive(socket: Socket): void {
    const peer = socket.remoteAddress ?? 'unknown';
    const refusal = this.#refusal(peer);
    // A reset reaches the session as a failed read; without a listener it would end the process.
    socket.on('error', () => undefined);
    if (refusal) {
      socket.destroy();
      this.#options.onTrouble?.({ peer, reason: refusal });
      return;
    }
    const session = serveAuthor(socket, {
      ...this.#options,
      onTrouble: (reason) => this.#options.onTrouble?.({ peer, reason }),
    }).finally(() => this.#sessions.delete(socket));
    this.#sessions.set(socket, session);
  }

  async close(): Promise<void> {
    const sessions = [...this.#sessions];
    for (const [socket] of sessions) socket.destroy();
    await Promise.all(sessions.map(([, session]) => session));
  }

  #refusal(peer: string): string | null {
    if (!this.#isAllowed(peer)) return 'its address is not in the list of allowed senders';
    const most = this.#options.maxConnections ?? DEFAULT_MAX_CONNECTIONS;
    return this.#sessions.size < most ? null : `${most} connections are open already`;
  }
}

function listen(server: Server, { host, port }: VtpServerOptions['listen']): Promise<void> {
  return new Promise((resolve, reject) => {
    server.on('error', (cause) => {
      const sentence = `Cannot listen for VOEvents on ${host}:${port}: ${cause.message}`;
      const remedy = 'Free the port or change alerts.listen in the unit file.';
      reject(new PyrosError('ALERT_LISTEN_FAILED', sentence, { remedy, cause }));
    });
    server.listen({ host, port }, resolve);
  });
}
