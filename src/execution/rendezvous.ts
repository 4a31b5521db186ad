/**
 * Where the channels of a sequence meet between two exposures, so that the telescope may move while
 * no shutter is open. Somebody asks for a meeting; each channel that comes by waits until all that
 * are still at work have come, then the action runs once and all go on.
 */
export class Rendezvous {
  #parties: number;
  #arrived = 0;
  #action: (() => Promise<void>) | null = null;
  #release: (() => void)[] = [];
  #failures: ((error: unknown) => void)[] = [];

  constructor(parties: number) {
    this.#parties = parties;
  }

  /** Asks for a meeting; a second asking before the meeting replaces the action. */
  call(action: () => Promise<void>): void {
    this.#action = action;
  }

  /** Asks for a meeting, unless one is asked for already. */
  propose(action: () => Promise<void>): void {
    this.#action ??= action;
  }

  /** A channel comes by. Resolves at once when nobody called; rejects when the action fails. */
  async arrive(): Promise<void> {
    if (!this.#action) return;
    const met = new Promise<void>((resolve, reject) => {
      this.#release.push(resolve);
      this.#failures.push(reject);
    });
    this.#arrived++;
    await this.#meetIfComplete();
    await met;
  }

  /** A channel has no more exposures: nobody waits for it. */
  async leave(): Promise<void> {
    this.#parties--;
    await this.#meetIfComplete();
  }

  async #meetIfComplete(): Promise<void> {
    const action = this.#action;
    if (!action || this.#arrived < this.#parties || this.#arrived === 0) return;
    this.#action = null;
    const [release, failures] = [this.#release, this.#failures];
    this.#arrived = 0;
    this.#release = [];
    this.#failures = [];
    try {
      await action();
      for (const go of release) go();
    } catch (error) {
      for (const fail of failures) fail(error);
    }
  }
}
