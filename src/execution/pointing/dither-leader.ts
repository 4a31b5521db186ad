import type { ChannelRun, PlannedExposure } from '../sequence-run.ts';

/**
 * Who of the channels at work decides when the telescope dithers: while it moves nobody exposes, so
 * only the channel with the longest exposures asks for it, and the others are not made to wait at each
 * of their short ones.
 */
export class DitherLeader {
  readonly #meanSeconds = new Map<string, number>();

  /** Whether a channel may ask for a dither before that exposure of its run. */
  mayAsk({ channel, exposures }: ChannelRun, next: PlannedExposure): boolean {
    const wishes = exposures.filter((one) => one.ditherArcsec !== undefined);
    if (wishes.length === 0) return false;
    const total = wishes.reduce((sum, { seconds }) => sum + seconds, 0);
    this.#meanSeconds.set(channel, total / wishes.length);
    const isLeader = this.#leader() === channel;
    if (isSame(wishes.at(-1), next)) this.#meanSeconds.delete(channel);
    return isLeader;
  }

  /** Of equals, the first by name. */
  #leader(): string | undefined {
    const channels = [...this.#meanSeconds].sort(
      ([a, secondsA], [b, secondsB]) => secondsB - secondsA || (a < b ? -1 : 1),
    );
    return channels[0]?.[0];
  }
}

/** Another try of the same image is the same wish. */
function isSame(one: PlannedExposure | undefined, other: PlannedExposure): boolean {
  return one?.planId === other.planId && one.number === other.number;
}
