import { connect, type Socket } from 'node:net';
import type { PyrosError } from '#platform';
import { deviceGarbled, deviceUnreachable } from './device-unreachable.ts';
import type { Framed, Framing } from './framing.ts';
import type { Address, Reply } from './link.ts';
import type { WireFormat } from './wire-format.ts';

interface Asked {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: PyrosError) => void;
}

/**
 * One TCP connection to a device, from its opening to its end. A reply that nobody asked for ends
 * it: after that, replies and requests could no longer be matched.
 */
export class TcpConnection {
  readonly #address: Address;
  readonly #format: WireFormat;
  readonly #framing: Framing<Reply>;
  readonly #socket: Socket;
  #asked: Asked | undefined;
  #cause: Error | undefined;

  constructor(address: Address, format: WireFormat) {
    this.#address = address;
    this.#format = format;
    this.#framing = format.replies();
    this.#socket = connect(address);
    this.#socket.setNoDelay(true);
    this.#socket.on('data', (chunk: Uint8Array) => this.#receive(chunk));
    this.#socket.on('error', (error) => {
      this.#cause = error;
    });
    this.#socket.on('end', () => this.end('closed the connection'));
    this.#socket.on('close', () => this.end('cannot be reached'));
  }

  /** False once it has ended: a new connection is needed then. */
  get isUsable(): boolean {
    return !this.#socket.destroyed;
  }

  /** Sends a request; the one before must have been answered. */
  ask(text: string): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#asked = { resolve, reject };
      this.#socket.write(text + this.#format.terminator);
    });
  }

  /** Ends it at once; a request still waiting is rejected as `DEVICE_UNREACHABLE`. */
  end(why: string): void {
    this.#fail(deviceUnreachable(this.#address, why, this.#cause));
  }

  #receive(chunk: Uint8Array): void {
    for (const item of this.#framing.push(chunk)) this.#take(item);
  }

  #take(item: Framed<Reply>): void {
    const asked = this.#asked;
    if (item.kind === 'garbage') this.#fail(deviceGarbled(this.#address, item.reason));
    else if (!asked) this.#fail(deviceGarbled(this.#address, 'a reply that nobody asked for'));
    else {
      this.#asked = undefined;
      asked.resolve(item.message);
    }
  }

  #fail(error: PyrosError): void {
    const asked = this.#asked;
    this.#asked = undefined;
    this.#socket.destroy();
    asked?.reject(error);
  }
}
