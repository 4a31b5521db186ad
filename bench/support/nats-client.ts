import { connect, type Socket } from 'node:net';

/** A message that came in. */
export interface NatsMessage {
  readonly text: string;
  /** Where its sender waits for an answer; empty when it does not. */
  readonly replyTo: string;
}

const LINE_END = '\r\n';
/** The longest wait for the server's word that it took us, milliseconds. */
const CONNECT_MS = 5000;

/**
 * As much of the NATS client protocol as request and reply need
 * (https://docs.nats.io/reference/reference-protocols/nats-protocol): at most once, nothing kept.
 */
export class NatsClient {
  readonly #socket: Socket;
  readonly #handlers = new Map<string, (message: NatsMessage) => void>();
  readonly #waiting = new Map<string, (text: string) => void>();
  readonly #inbox: string;
  #unread: Buffer = Buffer.alloc(0);
  #requests = 0;
  #onPong: () => void = () => undefined;

  private constructor(socket: Socket, name: string) {
    this.#socket = socket;
    this.#inbox = `_INBOX.${name}`;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#read(chunk));
  }

  /** `name`: one word, different for each client of the server. */
  static async connect(port: number, name: string): Promise<NatsClient> {
    const socket = connect({ host: '127.0.0.1', port });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    const client = new NatsClient(socket, name);
    client.#send(`CONNECT ${JSON.stringify({ verbose: false, pedantic: false, name })}`);
    client.subscribe(`${client.#inbox}.*`, () => undefined);
    await client.#ping();
    return client;
  }

  subscribe(subject: string, handler: (message: NatsMessage) => void): void {
    const id = String(this.#handlers.size + 1);
    this.#handlers.set(id, handler);
    this.#send(`SUB ${subject} ${id}`);
  }

  /** Resolves with the answer of whoever subscribes to the subject. */
  async request(subject: string, text: string): Promise<string> {
    const inbox = `${this.#inbox}.${++this.#requests}`;
    const answer = new Promise<string>((resolve) => this.#waiting.set(inbox, resolve));
    this.publish(subject, text, inbox);
    return await answer;
  }

  publish(subject: string, text: string, replyTo = ''): void {
    const words = ['PUB', subject, ...(replyTo ? [replyTo] : []), Buffer.byteLength(text)];
    this.#send(`${words.join(' ')}${LINE_END}${text}`);
  }

  close(): void {
    this.#socket.destroy();
  }

  async #ping(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const late = () => reject(new Error('the NATS server does not answer'));
      const timer = setTimeout(late, CONNECT_MS);
      this.#onPong = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#send('PING');
    });
  }

  #send(line: string): void {
    this.#socket.write(line + LINE_END);
  }

  #read(chunk: Buffer): void {
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    let from = 0;
    for (;;) {
      const end = this.#unread.indexOf(LINE_END, from);
      if (end === -1) break;
      const next = this.#take(this.#unread.toString('utf8', from, end), end + LINE_END.length);
      if (next === null) break;
      from = next;
    }
    this.#unread = this.#unread.subarray(from);
  }

  /** Does what a line asks; gives where the next one begins, null when the rest is not here yet. */
  #take(line: string, bodyAt: number): number | null {
    const [word = '', ...rest] = line.split(' ');
    if (word === 'MSG') return this.#message(rest, bodyAt);
    if (word === 'PING') this.#send('PONG');
    if (word === 'PONG') this.#onPong();
    if (word === '-ERR') this.#socket.destroy(new Error(`the NATS server says: ${line}`));
    return bodyAt;
  }

  /** `MSG subject id [reply-to] bytes`, then so many bytes and the end of a line. */
  #message(words: readonly string[], bodyAt: number): number | null {
    const [subject = '', id = ''] = words;
    const bodyEnd = bodyAt + Number(words.at(-1));
    if (this.#unread.length < bodyEnd + LINE_END.length) return null;
    const text = this.#unread.toString('utf8', bodyAt, bodyEnd);
    const replyTo = words.length === 4 ? (words[2] ?? '') : '';
    const answered = this.#waiting.get(subject);
    this.#waiting.delete(subject);
    if (answered) answered(text);
    else this.#handlers.get(id)?.({ text, replyTo });
    return bodyEnd + LINE_END.length;
  }
}
