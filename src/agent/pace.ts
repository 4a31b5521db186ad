import { type Clock, hash32, type Random, seededRandom, type Wake } from '#platform';
import type { AgentVoice } from './agent-voice.ts';

/** An agent that is watched step by step rests so long between two turns, seconds. */
const LEAST_SECONDS = 2;
const MOST_SECONDS = 4;

interface PaceParts {
  readonly name: string;
  readonly clock: Clock;
  readonly wake: Wake;
  readonly voice: AgentVoice;
}

/** The rest before a turn of the loop. */
export class Pace {
  readonly #parts: PaceParts;
  readonly #random: Random;

  constructor(parts: PaceParts) {
    this.#parts = parts;
    this.#random = seededRandom(hash32(parts.name));
  }

  /** Rests for a random while and says so; a ring ends it early unless it is to be kept in full. */
  async rest(isKept: boolean): Promise<void> {
    const { clock, wake, voice } = this.#parts;
    const seconds = LEAST_SECONDS + this.#random.integer(MOST_SECONDS - LEAST_SECONDS + 1);
    voice.tell(`Waiting ${seconds} sec (random) before starting new iteration...`);
    const enough = new AbortController();
    const timer = clock.sleep(clock.period(seconds), enough.signal).catch(() => undefined);
    await (isKept ? timer : wake.waitOr(timer));
    enough.abort();
    await timer;
  }
}
