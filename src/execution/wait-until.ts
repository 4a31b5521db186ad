import { type Clock, PyrosError } from '#platform';

/** What one look at a device tells. */
export type Progress<T> =
  | { readonly done: true; readonly value: T }
  | {
      readonly done: false /** The device's own guess, seconds. */;
      readonly remainingSeconds?: number | undefined;
    };

export interface Waiting<T> {
  readonly clock: Clock;
  readonly look: () => Promise<Progress<T>>;
  /** How long it may take by the device's nature, seconds. */
  readonly timeoutSeconds: number;
  readonly what: string;
  readonly signal?: AbortSignal;
  /** It is looked at this often at least, whatever it guesses; absent: when it guesses. Seconds. */
  readonly everySeconds?: number;
}

/** The longest pause between two looks, seconds. */
const LOOK_SECONDS = 1;

/**
 * Looks at a device until it is done. Rejects with PyrosError `DEVICE_TIMEOUT`, with the signal's
 * reason, or with what the look itself rejects with.
 */
export async function waitUntil<T>(waiting: Waiting<T>): Promise<T> {
  const { clock, signal } = waiting;
  const deadline = clock.monotonic() + clock.allow(waiting.timeoutSeconds) * 1000;
  for (;;) {
    signal?.throwIfAborted();
    const progress = await waiting.look();
    if (progress.done) return progress.value;
    if (clock.monotonic() > deadline) {
      throw new PyrosError('DEVICE_TIMEOUT', `${waiting.what} took longer than expected.`);
    }
    const guess = progress.remainingSeconds;
    const pause = guess !== undefined && guess > 0 ? guess : clock.period(LOOK_SECONDS);
    const often = clock.period(waiting.everySeconds ?? Number.POSITIVE_INFINITY);
    await clock.sleep(Math.min(pause, often, Math.max(1, waiting.timeoutSeconds)), signal);
  }
}
