import type { Clock } from '#platform';
import { deviceUnreachable } from './device-unreachable.ts';
import type { Address, Link, LinkFactory, Reply, WireKind } from './link.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { TcpConnection } from './tcp-connection.ts';
import { wireFormats } from './wire-format.ts';

export interface TcpLinkOptions {
  readonly address: Address;
  readonly wire: WireKind;
  readonly clock: Clock;
  /** How long a device may take to answer, connection included; observatory seconds. */
  readonly timeoutSeconds: number;
}

/**
 * A link over TCP. It connects at the first request, and again at the first request after a
 * failure; nothing is ever sent twice. The connection is dropped on a time-out, so that a late
 * reply is never taken for the answer to the next request.
 */
export class TcpLink implements Link {
  readonly #options: TcpLinkOptions;
  readonly #turns = new OneAtATime();
  #connection: TcpConnection | undefined;
  #closed = false;

  constructor(options: TcpLinkOptions) {
    this.#options = options;
  }

  request(text: string): Promise<Reply> {
    return this.#turns.run(() => this.#exchange(text));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#connection?.end('is not listened to any more');
  }

  async #exchange(text: string): Promise<Reply> {
    if (this.#closed) throw deviceUnreachable(this.#options.address, 'is not listened to any more');
    const connection = this.#connect();
    const answered = new AbortController();
    try {
      return await Promise.race([connection.ask(text), this.#timeOut(answered.signal)]);
    } catch (error) {
      connection.end('was given up');
      throw error;
    } finally {
      answered.abort();
    }
  }

  #connect(): TcpConnection {
    const { address, wire } = this.#options;
    if (!this.#connection?.isUsable) {
      this.#connection = new TcpConnection(address, wireFormats[wire]);
    }
    return this.#connection;
  }

  async #timeOut(answered: AbortSignal): Promise<never> {
    const { clock, timeoutSeconds, address } = this.#options;
    await clock.sleep(clock.allow(timeoutSeconds), answered);
    throw deviceUnreachable(address, `gave no answer within ${timeoutSeconds} s`);
  }
}

/** Links over TCP that share a clock and a time-out. */
export function tcpLinks(options: Pick<TcpLinkOptions, 'clock' | 'timeoutSeconds'>): LinkFactory {
  return (address, wire) => new TcpLink({ ...options, address, wire });
}
