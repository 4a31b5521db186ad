import { addressText, deviceUnreachable } from './device-unreachable.ts';
import type { Address, Endpoint, Link, LinkFactory, Reply } from './link.ts';
import { OneAtATime } from './one-at-a-time.ts';

/** Addresses without sockets: agents reach simulators of the same process on virtual time. */
export class MemoryNetwork {
  readonly #endpoints = new Map<string, Endpoint>();

  /** Makes an endpoint answer at an address, in place of the one that did. */
  serve(address: Address, endpoint: Endpoint): void {
    this.#endpoints.set(addressText(address), endpoint);
  }

  /** Nothing answers there any more, as when a device is unplugged. */
  unplug(address: Address): void {
    this.#endpoints.delete(addressText(address));
  }

  /** A link may be made before its device is served: the device is looked up at each request. */
  readonly link: LinkFactory = (address) =>
    new MemoryLink(address, () => this.#endpoints.get(addressText(address)));
}

class MemoryLink implements Link {
  readonly #address: Address;
  readonly #endpoint: () => Endpoint | undefined;
  readonly #turns = new OneAtATime();
  #closed = false;

  constructor(address: Address, endpoint: () => Endpoint | undefined) {
    this.#address = address;
    this.#endpoint = endpoint;
  }

  request(text: string): Promise<Reply> {
    return this.#turns.run(async () => {
      if (this.#closed) throw deviceUnreachable(this.#address, 'is not listened to any more');
      const endpoint = this.#endpoint();
      if (!endpoint) throw deviceUnreachable(this.#address, 'does not answer');
      return endpoint.handle(text);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
  }
}
