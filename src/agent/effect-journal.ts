import { type Clock, codeOf, iso, PyrosError, sentenceOf } from '#platform';
import { tablesOf } from './agent-tables-store.ts';
import type { Work } from './work.ts';

/** What the device says of an effect when it is asked. */
export type ReadBack =
  | { readonly kind: 'done'; readonly result: string }
  /** The device knows that it never got it, or that it did not do it. */
  | { readonly kind: 'not-done' }
  /** Nobody can tell: it is not sent again. */
  | { readonly kind: 'unknown'; readonly why: string };

/** One effect on the world. */
export interface Effect {
  /** Tells the device, with the key as the number of the message where its protocol has one. */
  send(key: string): Promise<void>;
  /** Asks the device whether it is done; comes back when that is decided. */
  readBack(key: string): Promise<ReadBack>;
  /** What becomes true with it, such as a fact: written once, in the transaction that says it is done. */
  write?(work: Work, result: string): Promise<void>;
}

/** For so long after a transaction an agent is sure that it still holds its name. */
const PROVEN_SECONDS = 2;

interface Parts {
  readonly agent: string;
  readonly clock: Clock;
  readonly transact: <T>(work: (work: Work) => Promise<T>) => Promise<T>;
}

/**
 * The journal of effects (design.md §5): the intent is durable before the device is told, and the
 * result is what the device says when it is read back. After a crash in between, the device is asked;
 * nothing is sent twice blindly.
 */
export class EffectJournal {
  readonly #parts: Parts;
  /** What is being brought about: asked for again meanwhile, it is the same. */
  readonly #open = new Map<string, Promise<string>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Brings an effect about once, however often it is asked for under its key.
   *
   * @throws PyrosError `EFFECT_UNKNOWN` when nobody can tell whether it happened, `EFFECT_FAILED`
   * when the device did not do it; whatever `send` and `readBack` raise.
   */
  async once(key: string, effect: Effect): Promise<string> {
    const open = this.#open.get(key) ?? this.#carryOut(key, effect);
    this.#open.set(key, open);
    try {
      return await open;
    } finally {
      this.#open.delete(key);
    }
  }

  async #carryOut(key: string, effect: Effect): Promise<string> {
    const sinceMs = this.#parts.clock.monotonic();
    const known = await this.#intend(key);
    if (known.state === 'DONE') return known.result;
    if (known.state === 'FAILED') throw new PyrosError(known.errorCode, known.result);
    try {
      const result = await this.#bringAbout(key, effect, { ...known, sinceMs });
      return await this.#end(key, effect, result);
    } catch (error) {
      // Without an answer from the device the intent stays open: the next attempt asks again.
      if (codeOf(error).startsWith('EFFECT_')) await this.#fail(key, error);
      throw error;
    }
  }

  async #bringAbout(
    key: string,
    effect: Effect,
    { isNew, sinceMs }: { isNew: boolean; sinceMs: number },
  ): Promise<string> {
    if (!isNew) {
      const before = await effect.readBack(key);
      if (before.kind === 'done') return before.result;
      if (before.kind === 'unknown') throw unknown(key, before.why);
    }
    await this.#proveName(sinceMs);
    await effect.send(key);
    const after = await effect.readBack(key);
    if (after.kind === 'done') return after.result;
    if (after.kind === 'unknown') throw unknown(key, after.why);
    throw new PyrosError('EFFECT_FAILED', `The device did not do "${key}".`);
  }

  /**
   * A process that was held up since its last transaction may have lost its name meanwhile: then the
   * device obeys another life.
   */
  async #proveName(sinceMs: number): Promise<void> {
    const { clock, transact } = this.#parts;
    const provenMs = clock.allow(PROVEN_SECONDS) * 1000;
    if (clock.monotonic() - sinceMs > provenMs) await transact(async () => undefined);
  }

  async #intend(
    key: string,
  ): Promise<{ state: string; result: string; errorCode: string; isNew: boolean }> {
    const { agent, clock, transact } = this.#parts;
    return await transact(async (transaction) => {
      const row = await tablesOf(transaction)
        .selectFrom('effect')
        .select(['state', 'result', 'error_code as errorCode'])
        .where('effect_key', '=', key)
        .executeTakeFirst();
      if (row) return { ...row, isNew: false };
      const state = 'INTENDED';
      await tablesOf(transaction)
        .insertInto('effect')
        .values({
          effect_key: key,
          agent,
          state,
          intended: iso(clock.now()),
          result: '',
          error_code: '',
        })
        .execute();
      return { state, result: '', errorCode: '', isNew: true };
    });
  }

  async #end(key: string, effect: Effect, result: string): Promise<string> {
    await this.#write(key, { state: 'DONE', result, error_code: '' }, async (work) => {
      await effect.write?.(work, result);
    });
    return result;
  }

  async #fail(key: string, error: unknown): Promise<void> {
    await this.#write(key, {
      state: 'FAILED',
      result: sentenceOf(error),
      error_code: codeOf(error),
    });
  }

  async #write(
    key: string,
    row: { state: string; result: string; error_code: string },
    also: (work: Work) => Promise<void> = async () => undefined,
  ): Promise<void> {
    const ended = iso(this.#parts.clock.now());
    await this.#parts.transact(async (transaction) => {
      await tablesOf(transaction)
        .updateTable('effect')
        .set({ ...row, ended })
        .where('effect_key', '=', key)
        .execute();
      await also(transaction);
    });
  }
}

function unknown(key: string, why: string): PyrosError {
  return new PyrosError('EFFECT_UNKNOWN', `Nobody can tell whether "${key}" happened: ${why}.`, {
    remedy: 'Look at the device, then send the command again.',
  });
}
