import type { Clock } from '#platform';
import { addressText, deviceGarbled, deviceUnreachable } from './device-unreachable.ts';
import { faultyAnswer } from './faulty-answer.ts';
import type { Address, Endpoint, Link, LinkFactory, Reply, WireFault, WireKind } from './link.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { wireFormats } from './wire-format.ts';

/** As long as a link over TCP waits for an answer. */
const TIMEOUT_SECONDS = 5;

/**
 * Addresses without sockets: agents reach simulators of the same process on virtual time. The faults of
 * a simulated wire act as over TCP; without a clock, what would time out does so at once.
 */
export class MemoryNetwork {
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #timeOut: TimeOut;

  constructor(clock?: Clock, timeoutSeconds = TIMEOUT_SECONDS) {
    this.#timeOut = { clock, seconds: timeoutSeconds };
  }

  /** Makes an endpoint answer at an address, in place of the one that did. */
  serve(address: Address, endpoint: Endpoint): void {
    this.#endpoints.set(addressText(address), endpoint);
  }

  /** Nothing answers there any more, as when a device is unplugged. */
  unplug(address: Address): void {
    this.#endpoints.delete(addressText(address));
  }

  /** A link may be made before its device is served: the device is looked up at each request. */
  readonly link: LinkFactory = (address, wire) => {
    const endpoint = () => this.#endpoints.get(addressText(address));
    return new MemoryLink({ address, wire, endpoint, timeOut: this.#timeOut });
  };
}

interface TimeOut {
  readonly clock: Clock | undefined;
  readonly seconds: number;
}

interface MemoryLinkOptions {
  readonly address: Address;
  readonly wire: WireKind;
  readonly endpoint: () => Endpoint | undefined;
  readonly timeOut: TimeOut;
}

class MemoryLink implements Link {
  readonly #options: MemoryLinkOptions;
  readonly #turns = new OneAtATime();
  #closed = false;

  constructor(options: MemoryLinkOptions) {
    this.#options = options;
  }

  request(text: string): Promise<Reply> {
    const { address } = this.#options;
    return this.#turns.run(async () => {
      if (this.#closed) throw deviceUnreachable(address, 'is not listened to any more');
      const endpoint = this.#options.endpoint();
      if (!endpoint) throw deviceUnreachable(address, 'does not answer');
      const { fault, ...reply } = await endpoint.handle(text);
      return fault ? await this.#throughFault(reply, fault) : reply;
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  /** The same bytes through the same framing as over TCP. */
  async #throughFault(reply: Reply, fault: WireFault): Promise<Reply> {
    const { address, wire, timeOut } = this.#options;
    const format = wireFormats[wire];
    const framing = format.replies();
    const { chunks, waitSeconds, thenCut } = faultyAnswer(format.encode(reply), fault);
    let leftSeconds = timeOut.clock?.allow(timeOut.seconds) ?? timeOut.seconds;
    for (const chunk of chunks) {
      if (waitSeconds > leftSeconds) break;
      leftSeconds -= waitSeconds;
      if (waitSeconds > 0) await timeOut.clock?.sleep(waitSeconds);
      const [item] = framing.push(chunk);
      if (item?.kind === 'message') return item.message;
      if (item) throw deviceGarbled(address, item.reason);
    }
    if (thenCut) throw deviceUnreachable(address, 'closed the connection');
    await timeOut.clock?.sleep(leftSeconds);
    throw deviceUnreachable(address, `gave no answer within ${timeOut.seconds} s`);
  }
}
