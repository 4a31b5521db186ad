import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A TCP proxy in front of a mount that notes when a GOTO arrives. The time is that of this process,
 * in `performance.now()` milliseconds, so that it compares with what this process sends.
 */
export class GotoRecorder {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #waiting: ((atMs: number) => void) | null = null;

  constructor(mount: { host: string; port: number }) {
    this.#server = createServer((client) => this.#forward(client, connect(mount)));
  }

  /** Listens on a loopback port. */
  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host: '127.0.0.1', port }, resolve);
    });
  }

  /** The instant at which the next GOTO arrives. Only one may be waited for at a time. */
  nextGoto(): Promise<number> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #forward(client: Socket, mount: Socket): void {
    for (const socket of [client, mount]) {
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      socket.on('error', () => undefined);
    }
    client.on('data', (chunk: Buffer) => {
      if (this.#waiting && chunk.includes('DO GOTO')) {
        this.#waiting(performance.now());
        this.#waiting = null;
      }
      mount.write(chunk);
    });
    mount.on('data', (chunk: Buffer) => client.write(chunk));
    client.once('close', () => mount.destroy());
    mount.once('close', () => client.destroy());
  }
}
