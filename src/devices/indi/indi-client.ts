import { connect, type Socket } from 'node:net';
import { PyrosError, RealClock, sentenceOf } from '#platform';
import type { Address } from '../link/link.ts';
import {
  enableBlobs,
  getProperties,
  type IndiMessage,
  pingReply,
  readIndi,
} from './indi-message.ts';
import { PropertyStore } from './property-store.ts';
import { XmlSplitter } from './xml-splitter.ts';

export interface IndiClientOptions {
  readonly address: Address;
  /** Of these devices everything is asked for at each connection. */
  readonly devices: readonly string[];
  /** Of these the images too. */
  readonly imagesOf?: readonly string[];
  /** Told, one sentence each, what becomes of the connection. */
  readonly log: (sentence: string) => void;
}

/** Drivers and their devices live on the machine's time, whatever the observatory's clock does. */
const realClock = new RealClock();
const RECONNECT_SECONDS = 1;
/** Orders are short: a server that leaves so much unread has stopped reading. */
const MOST_UNSENT_BYTES = 1_000_000;

/**
 * A client of an INDI server: connects, again after each failure until it is stopped, and knows what
 * the drivers said since the connection was made.
 */
export class IndiClient {
  readonly properties = new PropertyStore();
  readonly #options: IndiClientOptions;
  readonly #stop = new AbortController();
  readonly #listeners = new Set<(message: IndiMessage | null) => unknown>();
  readonly #words = new Map<string, { text: string; count: number }>();
  #socket: Socket | null = null;

  constructor(options: IndiClientOptions) {
    this.#options = options;
    void this.#live();
  }

  get isConnected(): boolean {
    return this.#socket?.readyState === 'open';
  }

  /** Calls for each message from now on, and with null when a connection begins or ends. */
  listen(listener: (message: IndiMessage | null) => unknown): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Throws `DEVICE_UNREACHABLE` when there is no connection. */
  send(text: string): void {
    const socket = this.#socket;
    if (!socket || !this.isConnected) throw this.#unreachable('is not connected');
    if (socket.writableLength > MOST_UNSENT_BYTES) {
      this.drop('does not read any more');
      throw this.#unreachable('does not read any more');
    }
    socket.write(text);
  }

  get isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /**
   * Waits until it is so, looking again at each message; false when it was not so within so many
   * seconds of the machine's time.
   */
  async until(wish: () => boolean, seconds: number): Promise<boolean> {
    if (wish()) return true;
    const done = new AbortController();
    const forget = this.listen(() => wish() && done.abort());
    const signal = AbortSignal.any([this.#stop.signal, done.signal]);
    await realClock.sleep(seconds, signal).catch(() => undefined);
    forget();
    return done.signal.aborted || (!this.isStopped && wish());
  }

  /** The driver's last sentence about a device, and how many there were. */
  lastWord(device: string): { text: string; count: number } {
    return this.#words.get(device) ?? { text: '', count: 0 };
  }

  /** Ends the connection; a new one is made. */
  drop(why: string): void {
    if (!this.#socket) return;
    this.#options.log(`INDI at ${this.#where()} ${why}: connecting again.`);
    this.#socket.destroy();
  }

  stop(): void {
    this.#stop.abort();
    this.#socket?.destroy();
  }

  async #live(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#connection();
      this.properties.clear();
      this.#tell(null);
      try {
        await realClock.sleep(RECONNECT_SECONDS, this.#stop.signal);
      } catch {
        return;
      }
    }
  }

  /** One connection, from its beginning to its end. */
  #connection(): Promise<void> {
    return new Promise((resolve) => {
      const socket = connect(this.#options.address);
      const splitter = new XmlSplitter();
      this.#socket = socket;
      socket.setNoDelay(true);
      socket.on('connect', () => this.#introduce());
      socket.on('data', (chunk) => this.#receive(splitter, chunk));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#socket = null;
        resolve();
      });
    });
  }

  #introduce(): void {
    const { devices, imagesOf = [] } = this.#options;
    for (const device of devices) this.send(getProperties(device));
    for (const device of imagesOf) this.send(enableBlobs(device));
    this.#tell(null);
  }

  #receive(splitter: XmlSplitter, chunk: Uint8Array): void {
    for (const item of splitter.push(chunk)) {
      if (item.kind === 'garbage') this.drop(`sent nonsense (${item.reason})`);
      else this.#take(readIndi(item.message));
    }
  }

  #take(message: IndiMessage): void {
    this.properties.apply(message);
    if (message.kind === 'ping') this.send(pingReply(message.uid));
    if (message.kind === 'message') this.#note(message.device, message.text);
    if (message.kind === 'set' && message.message) {
      this.#note(message.vector.device, message.message);
    }
    this.#tell(message);
  }

  #note(device: string, text: string): void {
    this.#words.set(device, { text, count: this.lastWord(device).count + 1 });
  }

  #tell(message: IndiMessage | null): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(message);
      } catch (error) {
        this.#options.log(`A message of INDI was not understood: ${sentenceOf(error)}`);
      }
    }
  }

  #where(): string {
    const { host, port } = this.#options.address;
    return `${host}:${port}`;
  }

  #unreachable(why: string): PyrosError {
    return new PyrosError('DEVICE_UNREACHABLE', `The INDI server at ${this.#where()} ${why}.`, {
      remedy: 'Check that it runs, and its address in the unit file.',
    });
  }
}
