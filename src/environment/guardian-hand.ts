import type { Dome, DomeStatus } from '#devices';
import { type Clock, PyrosError } from '#platform';

/** A dome that does not answer so soon is asked through the other connection, seconds. */
const ANSWER_SECONDS = 1.5;

interface Line {
  readonly dome: Dome;
  busy: boolean;
}

/**
 * The guardian's hand on the dome, over several connections. A connection that waits for an answer is
 * left alone: an order that queues behind another would come when what it was decided on is old.
 */
export class GuardianHand {
  /** The one that answered last comes first. */
  #lines: readonly Line[];
  readonly #clock: Clock;

  constructor(clock: Clock, domes: readonly Dome[]) {
    this.#clock = clock;
    this.#lines = domes.map((dome) => ({ dome, busy: false }));
  }

  /**
   * Asks through one connection after the other until the dome obeys. Rejects as the last one did, or
   * with `DEVICE_UNREACHABLE` when all still wait for an answer.
   */
  async order<T>(what: (dome: Dome) => Promise<T>): Promise<T> {
    let failure: { error: unknown } | null = null;
    for (const line of this.#lines.filter((one) => !one.busy)) {
      if (line.busy) continue;
      try {
        return await this.#ask(line, what);
      } catch (error) {
        failure = { error };
      }
    }
    throw failure ? failure.error : leftWithoutAnswer();
  }

  /** What the dome says of itself; null when it does not. */
  async status(): Promise<DomeStatus | null> {
    return await this.order((dome) => dome.status()).catch(() => null);
  }

  async #ask<T>(line: Line, what: (dome: Dome) => Promise<T>): Promise<T> {
    line.busy = true;
    const answer = what(line.dome).finally(() => {
      line.busy = false;
    });
    try {
      const value = await answerWithin(this.#clock, ANSWER_SECONDS, answer);
      this.#lines = [line, ...this.#lines.filter((one) => one !== line)];
      return value;
    } catch (error) {
      this.#lines = [...this.#lines.filter((one) => one !== line), line];
      throw error;
    }
  }
}

function leftWithoutAnswer(): PyrosError {
  return new PyrosError(
    'DEVICE_UNREACHABLE',
    'The dome leaves every connection of the guardian without an answer.',
  );
}

/** Why nobody waits any more: shared, as an error of its own for each answer would cost more than the answer. */
const ANSWERED = 'answered';

/** Rejects with `DEVICE_UNREACHABLE` when the answer does not come within so many seconds. */
export async function answerWithin<T>(
  clock: Clock,
  seconds: number,
  answer: Promise<T>,
): Promise<T> {
  const answered = new AbortController();
  const late = clock.sleep(clock.allow(seconds), answered.signal).then(() => {
    throw new PyrosError('DEVICE_UNREACHABLE', `No answer within ${seconds} s.`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    answered.abort(ANSWERED);
  }
}
