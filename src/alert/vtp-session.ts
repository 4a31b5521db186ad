import type { Socket } from 'node:net';
import { type Clock, sentenceOf } from '#platform';
import { Deadline } from './deadline.ts';
import { frameMessage, VtpFramer } from './vtp-framing.ts';
import { answerTo, readTransport, type Transport, writeTransport } from './vtp-transport.ts';
import { xmlLimits } from './xml-guard.ts';
import { parseXml, type XmlTree } from './xml-tree.ts';

/** What the receiver says of one packet. Only what is safely stored may be acknowledged. */
export type EventAnswer = { readonly ack: true } | { readonly ack: false; readonly reason: string };

export interface SessionOptions {
  /** Our own ivorn, the Response of every answer. */
  readonly identity: string;
  readonly clock: Clock;
  /**
   * Takes a packet and the instant (UTC ms) of its last byte. Its promise is awaited before the
   * answer goes out; when it rejects, the author gets no answer at all and will send again.
   */
  readonly onEvent: (packet: Uint8Array, receivedMs: number) => Promise<EventAnswer>;
  /** Told of what went wrong with a peer, for the log. */
  readonly onTrouble: (reason: string) => void;
}

/** How long an author may take to complete a message (VOEvent Transport Protocol 1.1). */
const MESSAGE_SECONDS = 20;
/** Origin of the answer to something that tells no ivorn. */
const UNKNOWN_ORIGIN = 'ivo://unknown/packet';

/** Serves one author until it leaves, stalls or talks nonsense. Never rejects. */
export async function serveAuthor(socket: Socket, options: SessionOptions): Promise<void> {
  const session = new VtpSession(socket, options);
  try {
    await session.run();
  } catch (error) {
    if (!session.isOver) options.onTrouble(sentenceOf(error));
  } finally {
    session.close();
  }
}

class VtpSession {
  readonly #socket: Socket;
  readonly #options: SessionOptions;
  readonly #framer = new VtpFramer(xmlLimits.bytes);
  readonly #deadline: Deadline;
  #isOver = false;

  constructor(socket: Socket, options: SessionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#deadline = new Deadline(options.clock, MESSAGE_SECONDS, () => this.#late());
  }

  /** Whether we have ended it: what fails afterwards is no news. */
  get isOver(): boolean {
    return this.#isOver;
  }

  async run(): Promise<void> {
    this.#deadline.restart();
    for await (const chunk of this.#socket.iterator({ destroyOnReturn: false })) {
      const receivedMs = this.#options.clock.now();
      const { frames, problem } = this.#framer.push(chunk);
      for (const frame of frames) await this.#take(frame, receivedMs);
      if (problem) return await this.#refuse(problem);
    }
    if (this.#framer.isInsideMessage) this.#options.onTrouble('it left in the middle of a message');
  }

  close(): void {
    this.#isOver = true;
    this.#deadline.hold();
    this.#socket.destroySoon();
  }

  async #take(frame: Uint8Array, receivedMs: number): Promise<void> {
    const parsed = parseXml(frame);
    const root = parsed.ok ? parsed.root : null;
    const transport = root && readTransport(root);
    if (transport) {
      const answer = answerTo(transport, this.#options.identity);
      if (answer) await this.#send(answer);
    } else await this.#takeEvent({ frame, root, receivedMs });
    this.#deadline.restart();
  }

  async #takeEvent(packet: {
    readonly frame: Uint8Array;
    readonly root: XmlTree | null;
    readonly receivedMs: number;
  }): Promise<void> {
    this.#deadline.hold();
    const answer = await this.#options.onEvent(packet.frame, packet.receivedMs);
    this.#deadline.restart();
    await this.#send({
      role: answer.ack ? 'ack' : 'nak',
      origin: packet.root?.attributes.get('ivorn')?.slice(0, 250) || UNKNOWN_ORIGIN,
      response: this.#options.identity,
      result: answer.ack ? null : answer.reason,
    });
  }

  async #refuse(reason: string): Promise<void> {
    this.#options.onTrouble(reason);
    await this.#send(this.#nak(reason));
  }

  #nak(reason: string): Transport {
    const response = this.#options.identity;
    return { role: 'nak', origin: UNKNOWN_ORIGIN, response, result: reason };
  }

  #send(message: Transport): Promise<void> {
    const bytes = frameMessage(writeTransport(message, this.#options.clock.now()));
    return new Promise((resolve, reject) => {
      this.#socket.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  #late(): void {
    this.#isOver = true;
    const reason = `no complete message in ${MESSAGE_SECONDS} s`;
    if (this.#framer.isInsideMessage) this.#options.onTrouble(reason);
    // Whoever does not read our answers would keep a polite farewell waiting for ever.
    if (this.#socket.writableLength > 0) this.#socket.destroy();
    else this.#farewell(reason);
  }

  #farewell(reason: string): void {
    if (this.#framer.isInsideMessage) {
      const nak = writeTransport(this.#nak(reason), this.#options.clock.now());
      this.#socket.write(frameMessage(nak));
    }
    this.#socket.destroySoon();
  }
}
