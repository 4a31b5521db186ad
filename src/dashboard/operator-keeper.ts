import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Logger, realPause } from '#platform';
import { whyForeign } from './own-origin.ts';

/** The header that carries the key. */
export const KEY_HEADER = 'x-pyros-operator-key';

/** What the keeper needs. */
export interface KeeperParts {
  readonly key: string;
  /** The server listens for this computer alone. */
  readonly loopback: boolean;
  readonly log: Logger;
  /** How a wrong key waits; real time when not said. */
  readonly pause?: (realMs: number) => Promise<void>;
}

/** A wrong key is answered so late, real milliseconds. */
const PENALTY_MS = 1000;
/** So many may wait for that at a time: guessing gets no faster by asking in parallel. */
const MOST_WAITING = 4;

/** The door before every action on the web: the operator's key, from our own page. */
export class OperatorKeeper {
  readonly #parts: KeeperParts;
  readonly #digest: Buffer;
  #waiting = 0;
  #denied = 0;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#digest = digest(parts.key);
  }

  /** How many were turned away since the start. */
  get denied(): number {
    return this.#denied;
  }

  /** For Fastify's `onRequest`: answers 403 (or 429) itself when the request may not pass. */
  readonly admit = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const header = (name: string) => {
      const value = request.headers[name];
      return typeof value === 'string' ? value : undefined;
    };
    const from = { host: header('host'), origin: header('origin'), site: header('sec-fetch-site') };
    const foreign = whyForeign(from, this.#parts.loopback);
    if (foreign) return await this.#deny(reply, `The request was not let in: ${foreign}.`);
    const key = header(KEY_HEADER);
    if (key === undefined) {
      return await this.#deny(reply, 'This needs the operator’s key: ./pyros observatory key.');
    }
    if (this.#fits(key)) return undefined;
    return await this.#punish(reply);
  };

  /** Of digests, so that neither the length nor the first letters show in the time that it takes. */
  #fits(key: string): boolean {
    return timingSafeEqual(digest(key), this.#digest);
  }

  async #punish(reply: FastifyReply): Promise<unknown> {
    if (this.#waiting >= MOST_WAITING) {
      this.#denied++;
      const error = 'Too many wrong keys at once. Wait a moment.';
      return await reply.code(429).header('retry-after', '2').send({ code: 'FORBIDDEN', error });
    }
    this.#waiting++;
    try {
      await (this.#parts.pause ?? realPause)(PENALTY_MS);
    } finally {
      this.#waiting--;
    }
    return await this.#deny(reply, 'That is not the operator’s key: see ./pyros observatory key.');
  }

  async #deny(reply: FastifyReply, error: string): Promise<unknown> {
    this.#denied++;
    this.#parts.log.warn('an action on the web was turned away', { count: this.#denied, error });
    return await reply.code(403).send({ code: 'FORBIDDEN', error });
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
